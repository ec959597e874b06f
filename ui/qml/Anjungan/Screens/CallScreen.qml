import QtQuick
import Anjungan.Look

// The screen becomes a sign that staff can read from the counter.
VisitScreen {
    id: root

    Rectangle {
        x: Theme.margin
        y: 170
        width: Theme.width
        height: 860
        radius: Theme.radius
        color: Theme.seaDeep
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 90
            name: "hand-waving"
            size: 320
            ink: Theme.kunyit
            fill: Theme.contrast ? Theme.card : "#0F5A60"
        }

        Words {
            y: 460
            width: parent.width
            text: Texts.say("call.sign")
            strong: true
            color: Theme.kunyit
            font.pixelSize: 96
            horizontalAlignment: Text.AlignHCenter
        }

        Words {
            x: 60
            y: 620
            width: parent.width - 120
            text: Texts.say("call.sign_lead")
            color: Theme.overSeaDeep
            font.pixelSize: 44
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Column {
        x: Theme.margin
        y: 1090
        width: Theme.width
        spacing: 24

        Words {
            width: parent.width
            text: Texts.say("call.title")
            strong: true
            font.pixelSize: Theme.h1
            horizontalAlignment: Text.AlignHCenter
        }

        Words {
            width: parent.width
            text: Texts.say("call.lead")
            color: Theme.inkSoft
            font.pixelSize: 40
            horizontalAlignment: Text.AlignHCenter
        }
    }

    MainKey {
        objectName: "helped"
        x: Theme.margin
        y: 1500
        width: Theme.width
        height: 180
        icon: "check"
        pixelSize: 54
        ledgeHeight: Theme.heroLedge
        text: Texts.say("call.done")
        onTapped: root.visit.helped()
    }
}
