pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What stands on the screen while the kiosk looks through its record before it opens. Said in each
// language, for nobody can choose one yet.
Window {
    id: root

    required property KioskModel kiosk
    required property var told

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
            spacing: Theme.pick(70, 32)

            Icon {
                name: "hourglass-medium"
                size: Theme.pick(240, 110)
            }

            Repeater {
                model: root.told

                Column {
                    id: one

                    required property int index
                    required property var modelData

                    width: parent.width
                    spacing: Theme.pick(24, 10)

                    Words {
                        width: parent.width
                        text: one.modelData.title
                        strong: true
                        font.pixelSize: one.index === 0 ? Theme.pick(72, 48) : Theme.pick(50, 34)
                    }

                    Words {
                        width: parent.width
                        text: one.modelData.text
                        color: Theme.inkSoft
                        font.pixelSize: one.index === 0 ? Theme.pick(46, 32) : Theme.pick(38, 26)
                    }
                }
            }
        }
    }
}
