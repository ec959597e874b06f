import QtQuick
import Anjungan.Look

// The password of a file that was just locked, to be written down: it is shown this once.
Item {
    id: root

    required property string password

    signal noted

    Rectangle {
        id: card

        y: 8
        width: parent.width
        height: 112
        radius: 14
        color: Theme.seaTint
        border.width: Theme.contrast ? 2 : 0
        border.color: Theme.sea

        DeskText {
            objectName: "password"
            anchors.centerIn: parent
            text: root.password
            strong: true
            font.pixelSize: 44
            font.letterSpacing: 3
            wrapMode: Text.NoWrap
        }
    }

    DeskText {
        id: note

        anchors.top: card.bottom
        anchors.topMargin: 20
        width: parent.width
        text: Texts.say("desk.batches.password")
        strong: true
        font.pixelSize: 22
        lineHeight: 1.2
    }

    DeskText {
        anchors.top: note.bottom
        anchors.topMargin: 12
        width: parent.width
        text: Texts.say("desk.batches.password_once")
        color: Theme.inkSoft
        lineHeight: 1.2
    }

    DeskMainKey {
        objectName: "passwordNoted"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 54
        icon: "check"
        text: Texts.say("desk.batches.noted")
        onTapped: root.noted()
    }
}
