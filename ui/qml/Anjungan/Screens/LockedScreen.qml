import QtQuick
import Anjungan.Look

// The kabupaten's admin has locked the kiosk: where to go, why, and for staff by whom.
VisitScreen {
    id: root

    Rectangle {
        x: Theme.pick((1080 - width) / 2, 60)
        y: Theme.pick(190, 110)
        width: Theme.pick(340, 150)
        height: width
        radius: width / 2
        color: Theme.amberTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Icon {
            anchors.centerIn: parent
            name: "lock-key"
            size: parent.width * 0.53
        }
    }

    Column {
        x: Theme.pick(Theme.margin, 250)
        y: Theme.pick(570, 100)
        width: Theme.sheetWidth - Theme.margin - x
        spacing: Theme.pick(24, 10)

        Words {
            width: parent.width
            text: Texts.say("locked.title")
            strong: true
            font.pixelSize: Theme.sized([66, 70, 72], [42, 44, 46])
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
            lineHeight: 1.1
        }

        Words {
            width: parent.width
            text: Texts.say("failsafe.text")
            color: Theme.inkSoft
            font.pixelSize: Theme.sized([42, 46, 48], [28, 30, 32])
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
            lineHeight: 1.2
        }
    }

    Rectangle {
        x: Theme.pick(Theme.margin, 250)
        y: Theme.pick(1010, 300)
        width: Theme.sheetWidth - Theme.margin - x
        height: told.height + 2 * Theme.pad
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            id: told

            x: Theme.pad
            y: Theme.pad
            width: parent.width - 2 * x
            spacing: Theme.pick(16, 8)

            Words {
                objectName: "lockMessage"
                visible: text !== ""
                width: parent.width
                text: root.visit.lockMessage
                strong: true
                font.pixelSize: Theme.sized([38, 40, 42], [26, 27, 28])
                lineHeight: 1.15
            }

            Words {
                objectName: "lockedBy"
                width: parent.width
                text: root.visit.lockedBy
                color: Theme.inkSoft
                font.pixelSize: Theme.sized([28, 34, 39], [22, 24, 26])
            }
        }
    }
}
