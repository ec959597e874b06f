pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: root

    required property int number
    required property int count
    required property string name

    height: 64

    Words {
        text: Texts.say("common.step_of", {"number": root.number, "count": root.count})
        strong: true
        font.pixelSize: Theme.small
        lineHeight: 1
    }

    Words {
        anchors.right: parent.right
        text: root.name
        color: Theme.inkSoft
        font.pixelSize: Theme.small
        lineHeight: 1
    }

    Row {
        y: 50
        spacing: 8

        Repeater {
            model: root.count

            Rectangle {
                required property int index

                width: (root.width - 8 * (root.count - 1)) / root.count
                height: 14
                radius: 7
                color: index + 1 < root.number ? Theme.sea : index + 1 === root.number ? Theme.kunyit : Theme.contrast ? Theme.paper : Theme.line
                border.width: index + 1 === root.number || Theme.contrast ? Theme.tileEdge : 0
                border.color: Theme.kunyitEdge
            }
        }
    }
}
