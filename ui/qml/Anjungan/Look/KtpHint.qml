pragma ComponentBehavior: Bound
import QtQuick

// A drawn card that points at the line of the KTP to type from, with the sentence beside it.
Item {
    id: root

    property string mark: ""
    property int markedLine: 0
    property string text: ""

    height: 166 * drawn

    // The drawing keeps its proportions on a lying screen.
    readonly property real drawn: Theme.pick(1, 0.72)

    Rectangle {
        id: card

        scale: root.drawn
        transformOrigin: Item.TopLeft

        width: 264
        height: 166
        radius: 16
        color: Theme.seaTint
        border.width: Theme.keyEdge
        border.color: Theme.sea

        Rectangle {
            x: 78
            y: 18
            width: 108
            height: 7
            radius: 3
            color: Theme.quietEdge
        }

        Repeater {
            model: 5

            Rectangle {
                required property int index

                visible: index !== root.markedLine
                x: 15
                y: 46 + index * 24
                width: [160, 150, 130, 118, 140][index]
                height: 7
                radius: 3
                color: Theme.quietEdge
            }
        }

        Rectangle {
            x: 14
            y: 31 + root.markedLine * 24
            width: 170
            height: 36
            radius: 8
            color: Theme.kunyit
            border.width: Theme.tileEdge
            border.color: Theme.kunyitEdge

            Words {
                anchors.centerIn: parent
                text: root.mark
                strong: true
                color: Theme.overKunyit
                font.pixelSize: 24
                lineHeight: 1
            }
        }

        Rectangle {
            x: 194
            y: 40
            width: 54
            height: 76
            radius: 6
            color: Theme.card
            border.width: Theme.tileEdge
            border.color: Theme.quietEdge

            Icon {
                name: "user"
                size: 44
                ink: Theme.inkSoft
                fill: Theme.sand
                anchors.centerIn: parent
            }
        }
    }

    Words {
        x: (card.width + 32) * root.drawn
        width: root.width - x
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        color: Theme.inkSoft
    }
}
