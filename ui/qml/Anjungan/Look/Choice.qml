import QtQuick

// A wide choice with a picture, a plain name, what it means and what it costs.
Key {
    id: root

    property string picture: ""
    property string title: ""
    property string line: ""
    property string amount: ""
    property string amountLine: ""
    property bool chosen: false
    readonly property int lineSize: Theme.sized([28, 34, 38], [22, 24, 24])
    readonly property bool pictured: Theme.textStep === 0
    readonly property color words: chosen && Theme.contrast ? "#000000" : Theme.ink
    readonly property color wordsSoft: chosen && Theme.contrast ? "#000000" : Theme.inkSoft

    Accessible.name: title
    Accessible.checkable: true
    Accessible.checked: chosen
    radius: Theme.radius
    face: chosen ? (Theme.contrast ? "#FFFFFF" : Theme.seaTint) : Theme.card
    edge: chosen ? (Theme.contrast ? Theme.kunyit : Theme.sea) : Theme.control
    edgeWidth: chosen ? Theme.chosenEdge : Theme.tileEdge

    Picture {
        visible: root.pictured && !Theme.contrast
        x: Theme.pick(30, 20)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.edgeWidth
        width: Theme.pick(190, 120)
        height: Math.min(root.height - Theme.pick(60, 34), Theme.pick(250, 150))
        name: root.picture
    }

    Icon {
        visible: root.pictured && Theme.contrast
        x: Theme.pick(60, 36)
        anchors.verticalCenter: parent.verticalCenter
        name: Theme.signOf[root.picture] ?? ""
        size: Theme.pick(120, 80)
        ink: root.words
        fill: root.chosen ? Theme.kunyit : Theme.card
    }

    Column {
        x: root.pictured ? Theme.pick(246, 158) : Theme.pick(36, 20)
        width: root.width - x - Theme.pick(104, 66)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.pick(4, 2)

        Words {
            width: parent.width
            text: root.title
            strong: true
            color: root.words
            font.pixelSize: Theme.sized([42, 46, 50], [26, 29, 31])
        }

        Words {
            width: parent.width
            text: root.line
            color: root.wordsSoft
            font.pixelSize: root.lineSize
            lineHeight: Theme.pick(1.18, 1.05)
        }

        Words {
            width: parent.width
            topPadding: Theme.pick(8, 4)
            text: root.amount
            strong: true
            color: root.words
            font.pixelSize: Theme.h2
            lineHeight: 1
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: root.amountLine
            color: root.wordsSoft
            font.pixelSize: root.lineSize
            lineHeight: Theme.pick(1.18, 1.05)
        }
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: Theme.pick(28, 20)
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.pick(60, 44)
        height: width
        radius: width / 2
        color: root.chosen ? (Theme.contrast ? "#000000" : Theme.sea) : Theme.card
        border.width: Theme.keyEdge
        border.color: root.chosen ? color : Theme.quietEdge

        Icon {
            visible: root.chosen
            name: "check"
            ink: "#FFFFFF"
            size: parent.width * 0.62
            anchors.centerIn: parent
        }
    }
}
