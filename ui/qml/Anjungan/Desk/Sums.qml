pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What the months cost, one by one and together.
Rectangle {
    id: root

    required property RecordsModel records

    height: sums.height + 28
    radius: 12
    color: Theme.sand
    border.width: Theme.contrast ? 1 : 0
    border.color: Theme.line

    Column {
        id: sums

        x: 16
        y: 14
        width: parent.width - 32
        spacing: 7

        DeskText {
            width: parent.width
            text: root.records.amountsTitle
            strong: true
            font.pixelSize: 16
        }

        Repeater {
            model: root.records.amounts

            Item {
                id: sum

                required property var modelData

                width: sums.width
                height: 20

                DeskText {
                    text: sum.modelData.months
                    font.pixelSize: 16
                }

                DeskText {
                    anchors.right: parent.right
                    text: sum.modelData.amount
                    font.pixelSize: 16
                }
            }
        }

        DeskText {
            width: parent.width
            text: root.records.total
            strong: true
            font.pixelSize: 26
            horizontalAlignment: Text.AlignRight
        }

        DeskText {
            width: parent.width
            visible: root.records.until !== ""
            text: Texts.say("desk.until", {
                "date": root.records.until
            })
            color: Theme.inkSoft
            font.pixelSize: 16
            horizontalAlignment: Text.AlignRight
        }
    }
}
