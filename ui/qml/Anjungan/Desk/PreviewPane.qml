import QtQuick
import Anjungan.Look
import Anjungan.Models

// A file that was looked at: what it would change, and the yellow key that saves it.
Item {
    id: root

    required property PreviewModel shown
    required property WorkModel work
    required property string title
    required property string lead
    required property string problem
    required property bool locked
    required property string saveText
    property alias keys: keys.data

    signal saved
    signal unlocked(password: string)

    Column {
        id: head

        width: parent.width
        spacing: 6

        DeskText {
            width: parent.width
            text: root.title
            strong: true
            font.pixelSize: 24
            elide: Text.ElideMiddle
            wrapMode: Text.NoWrap
        }

        DeskText {
            visible: text !== ""
            width: parent.width
            text: root.lead
            color: Theme.inkSoft
        }
    }

    PreviewList {
        visible: root.shown.some
        anchors.top: head.bottom
        anchors.topMargin: 14
        anchors.bottom: keys.top
        anchors.bottomMargin: 12
        width: parent.width
        shown: root.shown
    }

    Rectangle {
        id: told

        visible: root.problem !== ""
        y: head.height + 14
        width: parent.width
        height: wrong.height + 28
        radius: 10
        color: Theme.brickTint
        border.width: Theme.contrast ? 2 : 0
        border.color: Theme.brick

        Icon {
            x: 14
            name: "warning"
            size: 26
            ink: Theme.brick
            fill: Theme.brickTint
            anchors.verticalCenter: parent.verticalCenter
        }

        DeskText {
            id: wrong

            objectName: "fileProblem"
            x: 52
            width: parent.width - 68
            text: root.problem
            strong: true
            color: Theme.brick
            anchors.verticalCenter: parent.verticalCenter
        }
    }

    UnlockBox {
        visible: root.locked && !root.work.running
        y: told.y + told.height + 12
        width: parent.width
        onUnlocked: password => root.unlocked(password)
    }

    Item {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width
        height: 54

        DeskMainKey {
            objectName: "savePreview"
            visible: root.saveText !== "" && !root.work.running
            anchors.right: parent.right
            height: parent.height
            icon: "check"
            text: root.saveText
            onTapped: root.saved()
        }
    }

    WorkBar {
        anchors.fill: keys
        work: root.work
    }
}
