import QtQuick
import Anjungan.Look
import Anjungan.Models

// What stands on the screen when the kiosk cannot even start: where to go, and a code for the staff.
Window {
    id: root

    required property KioskModel kiosk
    required property string code
    required property string when

    width: 1080
    height: 1920
    color: Theme.paper
    title: Texts.say("common.kiosk")

    Binding {
        target: Theme
        property: "portrait"
        value: root.height >= root.width
    }

    Item {
        width: Theme.sheetWidth
        height: Theme.sheetHeight
        anchors.centerIn: parent
        scale: Math.min(root.width / width, root.height / height)

        PlaceBar {
            x: Theme.margin
            y: Theme.pick(30, 14)
            office: root.kiosk.office
        }

        Column {
            x: Theme.margin
            y: Theme.pick(360, 130)
            width: Theme.width
            spacing: Theme.pick(50, 24)

            Icon {
                name: "desktop"
                size: Theme.pick(240, 110)
            }

            Words {
                width: parent.width
                text: Texts.say("failsafe.title")
                strong: true
                font.pixelSize: Theme.pick(72, 48)
            }

            Words {
                width: parent.width
                text: Texts.say("failsafe.text")
                color: Theme.inkSoft
                font.pixelSize: Theme.pick(46, 32)
            }

            Rectangle {
                width: parent.width
                height: card.height + 2 * Theme.pad
                radius: Theme.radius
                color: Theme.card
                border.width: Theme.tileEdge
                border.color: Theme.line

                Column {
                    id: card

                    x: Theme.pad
                    y: Theme.pad
                    width: parent.width - 2 * x
                    spacing: Theme.pick(14, 6)

                    Words {
                        text: Texts.say("failsafe.for_staff")
                        strong: true
                    }

                    Words {
                        objectName: "code"
                        text: Texts.say("failsafe.code") + "  " + root.code
                        strong: true
                        font.pixelSize: Theme.pick(96, 60)
                    }

                    Words {
                        width: parent.width
                        text: Texts.say("failsafe.say_code")
                        color: Theme.inkSoft
                    }

                    Words {
                        width: parent.width
                        text: Texts.say("failsafe.where_when", {
                            "kiosk": root.kiosk.kioskName,
                            "when": root.when
                        })
                        color: Theme.inkSoft
                    }
                }
            }
        }
    }
}
