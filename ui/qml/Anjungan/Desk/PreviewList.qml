pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What a file would change, one group at a time.
Item {
    id: root

    required property PreviewModel shown

    Flow {
        id: groups

        width: parent.width
        spacing: 8

        Repeater {
            model: root.shown.groups

            ViewKey {
                required property var modelData
                required property int index

                objectName: "group_" + modelData.id
                label: modelData.label
                count: modelData.count
                chosen: modelData.chosen
                urgent: modelData.flawed
                onTapped: root.shown.choose(index)
            }
        }
    }

    ListView {
        id: list

        objectName: "previewLines"
        anchors.top: groups.bottom
        anchors.topMargin: 10
        anchors.bottom: foot.visible ? foot.top : parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        keyNavigationEnabled: false
        model: root.shown.lines
        Keys.onDownPressed: contentY = Math.max(0, Math.min(contentY + 120, contentHeight - height))
        Keys.onUpPressed: contentY = Math.max(0, contentY - 120)

        delegate: Item {
            id: line

            required property var modelData

            width: list.width
            height: note.y + (note.visible ? note.height : -4) + 11

            DeskText {
                id: row

                visible: text !== ""
                x: 4
                y: 11
                width: visible ? 92 : 0
                text: line.modelData.row === "" ? "" : Texts.say("desk.preview.row", {
                    "row": line.modelData.row
                })
                color: Theme.inkSoft
                font.pixelSize: 16
                wrapMode: Text.NoWrap
            }

            DeskText {
                id: title

                x: row.visible ? 104 : 4
                y: 10
                width: what.x - x - 12
                text: line.modelData.title
                strong: line.modelData.note !== ""
            }

            DeskText {
                id: note

                visible: text !== ""
                x: title.x
                y: title.y + title.height + 4
                width: parent.width - x - 4
                text: line.modelData.note
                color: Theme.inkSoft
                font.pixelSize: 16
            }

            DeskText {
                id: what

                y: 10
                x: list.width - width - 4
                width: text === "" ? 0 : Math.min(implicitWidth, list.width * 0.42)
                text: line.modelData.what
                strong: true
                color: Theme.sea
                font.pixelSize: 16
                horizontalAlignment: Text.AlignRight
            }

            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 1
                color: Theme.line
            }
        }
    }

    FocusRing {
        visible: list.activeFocus
        anchors.fill: list
        anchors.margins: -4
        border.width: 3
        radius: 10
    }

    DeskText {
        visible: text !== ""
        anchors.centerIn: list
        width: list.width - 60
        text: root.shown.told
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }

    DeskText {
        id: foot

        objectName: "previewFoot"
        visible: text !== ""
        anchors.bottom: parent.bottom
        width: parent.width
        text: root.shown.foot
        color: Theme.inkSoft
        font.pixelSize: 16
        topPadding: 6
    }
}
