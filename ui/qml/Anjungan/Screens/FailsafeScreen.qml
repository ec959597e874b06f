import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    Rectangle {
        id: circle

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
            name: "desktop"
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
            text: Texts.say("failsafe.title")
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

    BigKey {
        objectName: "callFromFailsafe"
        x: Theme.margin
        y: Theme.pick(1080, 320)
        width: Theme.pick(Theme.width, 560)
        icon: "hand-waving"
        iconAfter: false
        text: Texts.say("common.call_staff")
        onTapped: root.visit.callStaff()
    }

    Rectangle {
        x: Theme.pick(Theme.margin, 640)
        y: Theme.pick(1300, 320)
        width: Theme.sheetWidth - Theme.margin - x
        height: Theme.pick(460, 320)
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            x: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            width: again.x - x - 16
            spacing: Theme.pick(10, 6)

            Words {
                text: Texts.say("failsafe.for_staff")
                strong: true
                font.pixelSize: Theme.small
            }

            Row {
                spacing: Theme.pick(30, 18)

                Words {
                    text: Texts.say("failsafe.code")
                    color: Theme.inkSoft
                    font.pixelSize: Theme.pick(54, 36)
                    anchors.baseline: code.baseline
                }

                Words {
                    id: code

                    objectName: "code"
                    text: root.visit.failureCode
                    strong: true
                    font.pixelSize: Theme.pick(96, 64)
                    lineHeight: 1
                }
            }

            Words {
                width: parent.width
                text: Texts.say("failsafe.say_code")
                color: Theme.inkSoft
                font.pixelSize: Theme.sized([28, 34, 39], [22, 24, 26])
            }

            Words {
                width: parent.width
                text: Texts.say("failsafe.where_when", {
                    "kiosk": root.kiosk.kioskName,
                    "when": root.visit.failureTime
                })
                color: Theme.inkSoft
                font.pixelSize: Theme.sized([28, 34, 39], [22, 24, 26])
            }
        }

        Key {
            id: again

            objectName: "again"
            anchors.right: parent.right
            anchors.rightMargin: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.sized([230, 260, 280], [170, 190, 200])
            height: Theme.pick(128, 90)
            edge: Theme.quietEdge
            ledge: Theme.quietEdge
            pixelSize: Theme.sized([32, 36, 38], [24, 26, 28])
            text: Texts.say("failsafe.again")
            onTapped: root.visit.leave()
        }
    }
}
