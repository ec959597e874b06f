pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: root

    required property int number
    required property int count
    required property string name
    readonly property int spacing: Theme.pick(8, 6)

    height: Theme.pick(64, 46)

    Words {
        text: Texts.say("common.step_of", {
            "number": root.number,
            "count": root.count
        })
        strong: true
        font.pixelSize: Theme.pick(28, 22)
        lineHeight: 1
    }

    Words {
        anchors.right: parent.right
        text: root.name
        color: Theme.inkSoft
        font.pixelSize: Theme.pick(28, 22)
        lineHeight: 1
    }

    Row {
        y: Theme.pick(50, 34)
        spacing: root.spacing

        Repeater {
            model: root.count

            Rectangle {
                required property int index
                readonly property bool current: index + 1 === root.number

                width: (root.width - root.spacing * (root.count - 1)) / root.count
                height: Theme.pick(14, 10)
                radius: height / 2
                color: index + 1 < root.number ? Theme.sea : current ? Theme.kunyit : Theme.contrast ? Theme.paper : Theme.line
                border.width: current || Theme.contrast ? Theme.tileEdge : 0
                border.color: Theme.kunyitEdge
            }
        }
    }
}
