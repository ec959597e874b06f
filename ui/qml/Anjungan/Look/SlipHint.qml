pragma ComponentBehavior: Bound
import QtQuick

// A drawn slip that shows where its number stands, with the sentence beside it.
Item {
    id: root

    property string text: ""
    readonly property real drawn: Theme.pick(1, 0.72)

    height: 166 * drawn

    Rectangle {
        id: slip

        x: 30 * root.drawn
        width: 204
        height: 166
        scale: root.drawn
        transformOrigin: Item.TopLeft
        color: Theme.card
        border.width: Theme.keyEdge
        border.color: Theme.sea

        Repeater {
            model: [[46, 16, 112], [62, 32, 80], [16, 118, 172], [16, 134, 150], [16, 150, 172]]

            Rectangle {
                required property var modelData

                x: modelData[0]
                y: modelData[1]
                width: modelData[2]
                height: 7
                radius: 3
                color: Theme.quietEdge
            }
        }

        Rectangle {
            x: 10
            y: 50
            width: parent.width - 20
            height: 36
            radius: 8
            color: Theme.kunyit
            border.width: Theme.tileEdge
            border.color: Theme.kunyitEdge

            Words {
                anchors.centerIn: parent
                text: "1234 5678…"
                strong: true
                color: Theme.overKunyit
                font.pixelSize: 24
                lineHeight: 1
            }
        }

        Row {
            x: 34
            y: 92
            spacing: 5

            Repeater {
                model: [6, 3, 8, 3, 5, 3, 9, 4, 6, 3, 7, 3, 4, 8]

                Rectangle {
                    required property int modelData

                    width: modelData
                    height: 18
                    color: Theme.ink
                }
            }
        }
    }

    Words {
        x: (264 + 32) * root.drawn
        width: root.width - x
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        color: Theme.inkSoft
    }
}
