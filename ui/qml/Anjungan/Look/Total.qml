import QtQuick

// What is to be paid, on the one dark band of a screen.
Rectangle {
    id: root

    property string title: ""
    property string line: ""
    property string amount: ""
    property int amountSize: Theme.total
    // Title and line beside the amount rather than above it: lower.
    property bool beside: false

    readonly property int rowTop: heading.y + heading.height
    readonly property int rowHeight: beside ? note.height : Math.max(sum.height, note.height)

    implicitHeight: rowTop + rowHeight + Theme.pick(14, 8)
    radius: Theme.radius
    color: Theme.seaDeep
    border.width: Theme.contrast ? Theme.keyEdge : 0
    border.color: Theme.contrast ? Theme.kunyit : Theme.ink

    Words {
        id: heading

        x: Theme.pick(36, 22)
        y: Theme.pick(20, 12)
        width: (root.beside ? sum.x - 12 : parent.width - x) - x
        text: root.title
        strong: true
        color: Theme.overSeaDeep
        font.pixelSize: Theme.h3
        lineHeight: 1
    }

    Words {
        id: note

        x: heading.x
        width: sum.x - x - 12
        y: root.rowTop + (root.rowHeight - height) / 2
        text: root.line
        color: Theme.overSeaDeepSoft
        font.pixelSize: Theme.small
        lineHeight: 1.05
    }

    Words {
        id: sum

        anchors.right: parent.right
        anchors.rightMargin: heading.x
        y: root.beside ? (root.height - height) / 2 : root.rowTop + (root.rowHeight - height) / 2
        text: root.amount
        strong: true
        color: Theme.kunyit
        font.pixelSize: root.amountSize * (root.amount.length > 9 ? 0.8 : root.amount.length > 8 ? 0.88 : 1)
        lineHeight: 1
    }
}
