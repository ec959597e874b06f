pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// A keyboard for a kiosk that has none: it types into the field that is chosen.
Rectangle {
    id: root

    required property KioskModel kiosk
    readonly property int gap: 8
    readonly property real step: (width - 48 + gap) / 10
    readonly property int keyHeight: (height - 24 - 4 * gap) / 5

    color: Theme.sand

    Repeater {
        model: ["1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM.'@"]

        Row {
            id: line

            required property string modelData
            required property int index

            x: 24
            y: 12 + index * (root.keyHeight + root.gap)
            spacing: root.gap

            Repeater {
                model: line.modelData.split("")

                BoardKey {
                    required property string modelData

                    width: root.step - root.gap
                    height: root.keyHeight
                    text: modelData
                    onTapped: root.kiosk.pressBoard(modelData)
                }
            }
        }
    }

    Row {
        x: 24
        y: 12 + 4 * (root.keyHeight + root.gap)
        spacing: root.gap

        BoardKey {
            objectName: "boardSpace"
            width: 2 * root.step - root.gap
            height: root.keyHeight
            text: Texts.say("name.space")
            onTapped: root.kiosk.pressBoard(" ")
        }

        // For the addresses of printers.
        Repeater {
            model: ["/", ":"]

            BoardKey {
                required property string modelData

                width: root.step - root.gap
                height: root.keyHeight
                text: modelData
                onTapped: root.kiosk.pressBoard(modelData)
            }
        }

        BoardKey {
            objectName: "boardErase"
            width: 2 * root.step - root.gap
            height: root.keyHeight
            icon: "backspace"
            text: Texts.say("nik.delete")
            onTapped: root.kiosk.pressBoard("erase")
        }

        BoardKey {
            objectName: "boardNext"
            width: 2 * root.step - root.gap
            height: root.keyHeight
            icon: "arrow-right"
            text: Texts.say("desk.board_next")
            onTapped: root.kiosk.pressBoard("next")
        }

        BoardKey {
            objectName: "boardEnter"
            width: 2 * root.step - root.gap
            height: root.keyHeight
            icon: "check"
            text: Texts.say("desk.board_enter")
            onTapped: root.kiosk.pressBoard("enter")
        }
    }
}
