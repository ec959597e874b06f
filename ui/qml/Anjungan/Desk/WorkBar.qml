import QtQuick
import Anjungan.Look
import Anjungan.Models

// How far long work is, and the key that calls it off.
Item {
    id: root

    required property WorkModel work

    visible: work.running
    implicitHeight: 54

    DeskText {
        id: told

        objectName: "workTold"
        width: bar.width
        text: root.work.told
        color: Theme.inkSoft
    }

    Rectangle {
        id: bar

        objectName: "workBar"
        Accessible.role: Accessible.ProgressBar
        Accessible.name: told.text
        y: 30
        width: parent.width - cancel.width - 20
        height: 18
        radius: 9
        color: Theme.sand
        border.width: Theme.contrast ? 2 : 0
        border.color: Theme.line

        Rectangle {
            width: Math.max(parent.height, parent.width * root.work.share)
            height: parent.height
            radius: 9
            color: Theme.sea
        }
    }

    DeskKey {
        id: cancel

        objectName: "workCancel"
        anchors.right: parent.right
        height: parent.height
        icon: "x"
        text: Texts.say("desk.work.stop")
        onTapped: root.work.cancel()
    }
}
