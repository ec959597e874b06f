pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// A list of what can be edited, and beside it what is chosen, or the form it is edited in.
TwoPanes {
    id: root

    required property bool filling
    required property FormModel form
    required property string kind
    required property LinesModel lines
    required property string chosen
    // Shown, and not changed.
    property bool locked: false
    // How much of the list's pane stands above it.
    property real above: 0
    default property alias shown: shown.data
    property alias over: over.data

    signal picked(string id)

    share: 0.45
    content: [
        Item {
            id: over

            width: parent.width
            height: root.above
        },
        Item {
            y: root.above
            width: parent.width
            height: parent.height - y

            PickList {
                objectName: root.kind + "s"
                kind: root.kind
                lines: root.lines
                chosen: root.chosen
                onPicked: id => root.picked(id)
            }
        }
    ]
    beside: [
        Item {
            id: shown

            visible: !root.filling && root.chosen !== ""
            anchors.fill: parent
            anchors.margins: 24
        },
        DeskText {
            visible: !root.filling && root.chosen === ""
            anchors.centerIn: parent
            width: parent.width - 120
            text: Texts.say("parts.choose")
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        },
        Loader {
            anchors.fill: parent
            active: root.filling

            sourceComponent: FormPane {
                form: root.form
            }
        }
    ]
}
