import QtQuick

// The strip at the bottom of every screen, always in the same place.
Rectangle {
    id: root

    property bool canLeave: true
    readonly property int keyWidth: (width - 2 * 28) / 3

    signal leaveTapped
    signal contrastTapped
    signal helpTapped

    color: Theme.sand
    height: Theme.stripHeight

    Rectangle {
        width: parent.width
        height: Theme.tileEdge
        color: Theme.line
    }

    Row {
        x: 28
        y: 8

        StripKey {
            objectName: "leave"
            visible: root.canLeave
            width: root.keyWidth
            label: Texts.say("common.leave")
            sign: "sign-out"
            onTapped: root.leaveTapped()
        }

        StripKey {
            objectName: "contrast"
            width: root.canLeave ? root.keyWidth : root.keyWidth * 1.5
            label: Texts.say("common.contrast")
            sign: "circle-half"
            onTapped: root.contrastTapped()
        }

        StripKey {
            objectName: "help"
            width: root.canLeave ? root.keyWidth : root.keyWidth * 1.5
            label: Texts.say("common.call_staff")
            sign: "hand-waving"
            onTapped: root.helpTapped()
        }
    }
}
