import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "desktop"
    heading: Texts.say("failsafe.title")
    sentence: Texts.say("failsafe.text")

    MainKey {
        objectName: "callFromFailsafe"
        x: Theme.margin
        y: 1100
        width: Theme.width
        height: 180
        icon: "hand-waving"
        iconAfter: false
        iconSize: 64
        pixelSize: 54
        ledgeHeight: Theme.heroLedge
        text: Texts.say("common.call_staff")
        onTapped: root.visit.callStaff()
    }

    Rectangle {
        x: Theme.margin
        y: 1320
        width: Theme.width
        height: 430
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            x: 44
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 340
            spacing: 10

            Words {
                text: Texts.say("failsafe.for_staff")
                strong: true
                font.pixelSize: Theme.small
            }

            Row {
                spacing: 30

                Words {
                    text: Texts.say("failsafe.code")
                    color: Theme.inkSoft
                    font.pixelSize: 54
                    anchors.baseline: code.baseline
                }

                Words {
                    id: code

                    objectName: "code"
                    text: root.visit.failureCode
                    strong: true
                    font.pixelSize: 96
                    lineHeight: 1
                }
            }

            Words {
                width: parent.width
                text: Texts.say("failsafe.say_code")
                color: Theme.inkSoft
                font.pixelSize: Theme.small
            }

            Words {
                width: parent.width
                text: Texts.say("failsafe.where_when", {
                    "kiosk": root.kiosk.kioskName,
                    "when": root.visit.failureTime
                })
                color: Theme.inkSoft
                font.pixelSize: Theme.small
            }
        }

        Key {
            objectName: "again"
            anchors.right: parent.right
            anchors.rightMargin: 40
            anchors.verticalCenter: parent.verticalCenter
            width: 230
            height: 128
            edge: Theme.quietEdge
            ledge: Theme.quietEdge
            pixelSize: 32
            text: Texts.say("failsafe.again")
            onTapped: root.visit.leave()
        }
    }
}
