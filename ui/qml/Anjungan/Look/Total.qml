import QtQuick

// What is to be paid, on the one dark band of a screen.
Rectangle {
    id: root

    property string title: ""
    property string line: ""
    property string amount: ""

    radius: Theme.radius
    color: Theme.seaDeep
    border.width: Theme.contrast ? Theme.keyEdge : 0
    border.color: Theme.ink

    Column {
        anchors.left: parent.left
        anchors.leftMargin: 36
        anchors.right: sum.left
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        Words {
            width: parent.width
            text: root.title
            strong: true
            color: Theme.overSeaDeep
            font.pixelSize: Theme.h3
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: root.line
            color: Theme.overSeaDeepSoft
            font.pixelSize: Theme.small
        }
    }

    Words {
        id: sum

        anchors.right: parent.right
        anchors.rightMargin: 36
        anchors.verticalCenter: parent.verticalCenter
        text: root.amount
        strong: true
        color: Theme.kunyit
        font.pixelSize: root.amount.length > 8 ? 62 : Theme.total
        lineHeight: 1
    }
}
