import QtQuick
import Anjungan.Look

// The screen becomes a sign that staff can read from the counter.
VisitScreen {
    id: root

    Rectangle {
        id: sign

        x: Theme.margin
        y: Theme.pick(170, 96)
        width: Theme.pick(Theme.width, 660)
        height: Theme.pick(860, 540)
        radius: Theme.radius
        color: Theme.seaDeep
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Column {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.pad
            spacing: Theme.pick(40, 20)

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "hand-waving"
                size: Theme.pick(320, 200)
                ink: Theme.kunyit
                fill: Theme.contrast ? Theme.card : "#0F5A60"
            }

            Words {
                width: parent.width
                text: Texts.say("call.sign")
                strong: true
                color: Theme.kunyit
                font.pixelSize: Theme.pick(92, 66)
                horizontalAlignment: Text.AlignHCenter
            }

            Words {
                width: parent.width
                text: Texts.say("call.sign_lead")
                color: Theme.overSeaDeep
                font.pixelSize: Theme.pick(44, 30)
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    Column {
        x: Theme.pick(Theme.margin, 740)
        y: Theme.pick(1080, 150)
        width: Theme.sheetWidth - Theme.margin - x
        spacing: Theme.pick(20, 14)

        Words {
            width: parent.width
            text: Texts.say("call.title")
            strong: true
            font.pixelSize: Theme.h1
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }

        Words {
            width: parent.width
            text: Texts.say("call.lead")
            color: Theme.inkSoft
            font.pixelSize: Theme.sized([40, 44, 46], [28, 30, 33])
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }
    }

    BigKey {
        objectName: "helped"
        x: Theme.pick(Theme.margin, 740)
        y: Theme.pick(1500, 520)
        width: Theme.sheetWidth - Theme.margin - x
        text: Texts.say("call.done")
        onTapped: root.visit.helped()
    }
}
