import QtQuick

// A wide choice with a picture, a plain name and what it means.
Key {
    id: root

    property string picture: ""
    property string title: ""
    property string line: ""
    property string amount: ""
    property string amountLine: ""
    property bool chosen: false

    Accessible.name: title
    Accessible.checkable: true
    Accessible.checked: chosen
    radius: Theme.radius
    face: chosen ? Theme.seaTint : Theme.card
    edge: chosen ? (Theme.contrast ? Theme.kunyit : Theme.sea) : Theme.control
    edgeWidth: chosen ? Theme.chosenEdge : Theme.tileEdge

    Picture {
        x: 30
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.edgeWidth
        width: 190
        height: Math.min(root.height - 60, 250)
        name: root.picture
    }

    Column {
        x: 246
        width: root.width - x - 110
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        Words {
            width: parent.width
            text: root.title
            strong: true
            font.pixelSize: 42
        }

        Words {
            width: parent.width
            text: root.line
            color: Theme.inkSoft
            font.pixelSize: Theme.small
        }

        Words {
            width: parent.width
            topPadding: 8
            text: root.amount
            strong: true
            font.pixelSize: Theme.h2
            lineHeight: 1
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: root.amountLine
            color: Theme.inkSoft
            font.pixelSize: Theme.small
        }
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: 28
        anchors.verticalCenter: parent.verticalCenter
        width: 60
        height: 60
        radius: 30
        color: root.chosen ? Theme.sea : Theme.card
        border.width: Theme.keyEdge
        border.color: root.chosen ? Theme.sea : Theme.quietEdge

        Icon {
            visible: root.chosen
            name: "check"
            ink: Theme.overSea
            size: 38
            anchors.centerIn: parent
        }
    }
}
