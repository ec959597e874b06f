import QtQuick
import Anjungan.Look
import Anjungan.Models

// A resident's visit runs below: help there, or go to the desk.
Item {
    id: root

    required property DeskModel desk

    Pane {
        anchors.centerIn: parent
        width: Math.min(680, parent.width - 48)
        height: column.height + 72

        Column {
            id: column

            x: 36
            y: 36
            width: parent.width - 72
            spacing: 18

            DeskText {
                width: parent.width
                text: Texts.say("desk.help.title")
                strong: true
                font.pixelSize: 30
            }

            DeskText {
                width: parent.width
                text: Texts.say("desk.help.lead")
                color: Theme.inkSoft
                lineHeight: 1.2
            }

            DeskMainKey {
                objectName: "helpVisit"
                width: parent.width
                height: 68
                icon: "handshake"
                text: Texts.say("desk.help.take_over")
                onTapped: root.desk.helpVisit()
            }

            DeskKey {
                objectName: "toRecords"
                width: parent.width
                height: 60
                icon: "users"
                text: Texts.say("desk.help.to_desk")
                onTapped: root.desk.go("records")
            }
        }
    }
}
