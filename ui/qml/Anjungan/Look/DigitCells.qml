pragma ComponentBehavior: Bound
import QtQuick

// Digits in groups of equal cells, as Lexend has no tabular figures.
Row {
    id: root

    property string label: ""
    property list<int> groups: [4, 4, 4, 4]
    property string digits: ""
    property bool hidden: false
    property var wrong: []
    // A word above each group, where they are not all of one number.
    property list<string> captions: []
    readonly property int count: groups.reduce((sum, size) => sum + size, 0)
    readonly property real share: (width - (groups.length - 1) * spacing) / count
    readonly property int cellWidth: Math.min(share - 2, Theme.pick(84, 58))

    Accessible.role: Accessible.EditableText
    Accessible.name: label
    spacing: Theme.pick(26, 16)
    height: Theme.pick(112, 76) + (captions.length > 0 ? Theme.small + Theme.pick(18, 12) : 0)

    Repeater {
        model: root.groups

        Item {
            id: group

            required property int index
            required property int modelData
            readonly property int first: root.groups.slice(0, index).reduce((sum, size) => sum + size, 0)
            readonly property bool broken: root.wrong.some(place => place > first && place <= first + modelData)

            width: Math.min(Math.floor(root.share * modelData), root.cellWidth * modelData + 10)
            height: root.height

            Words {
                visible: text !== ""
                text: root.captions[group.index] ?? ""
                strong: true
                font.pixelSize: Theme.small
                lineHeight: 1
            }

            Rectangle {
                id: box

                y: parent.height - height
                width: parent.width
                height: Theme.pick(112, 76)
                radius: Theme.keyRadius
                color: Theme.card
                border.width: group.broken ? Theme.fieldEdge : Theme.pick(4, 3)
                border.color: group.broken ? Theme.brick : Theme.sea

                Repeater {
                    model: group.modelData

                    Item {
                        id: cell

                        required property int index
                        readonly property int place: group.first + index
                        readonly property bool broken: root.wrong.includes(place + 1)

                        x: 4 + index * root.cellWidth
                        width: root.cellWidth
                        height: box.height

                        Rectangle {
                            visible: cell.broken
                            anchors.fill: parent
                            anchors.margins: 8
                            radius: 10
                            color: Theme.brickTint
                        }

                        Rectangle {
                            visible: cell.index > 0
                            y: Theme.pick(14, 10)
                            width: 2
                            height: parent.height - 2 * y
                            color: Theme.line
                        }

                        Words {
                            anchors.centerIn: parent
                            text: cell.place >= root.digits.length ? "" : root.hidden ? "•" : root.digits[cell.place]
                            strong: true
                            color: cell.broken ? Theme.brick : Theme.ink
                            font.pixelSize: Theme.nikDigit
                            lineHeight: 1
                        }

                        Rectangle {
                            visible: cell.broken
                            anchors.horizontalCenter: parent.horizontalCenter
                            y: parent.height - Theme.pick(20, 14)
                            width: parent.width - Theme.pick(20, 14)
                            height: Theme.pick(8, 5)
                            radius: 4
                            color: Theme.brick
                        }

                        Rectangle {
                            visible: cell.place === root.digits.length
                            anchors.centerIn: parent
                            width: 4
                            height: Theme.pick(64, 44)
                            color: Theme.sea
                        }
                    }
                }
            }
        }
    }
}
