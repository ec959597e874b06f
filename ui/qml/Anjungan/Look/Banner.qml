import QtQuick

// What the kiosk has to say: kind is "info", "verified", "look" (may go on) or "wrong" (mend first).
Rectangle {
    id: root

    property string kind: "info"
    property string title: ""
    property string text: ""
    readonly property color ink: kind === "wrong" ? Theme.brick : kind === "look" ? Theme.amber : kind === "verified" ? Theme.leaf : Theme.sea
    readonly property var signs: ({
            "info": "info",
            "verified": "check-circle",
            "look": "warning",
            "wrong": "warning-circle"
        })
    readonly property var fills: ({
            "info": "#A9CFC9",
            "verified": Theme.leafFill,
            "look": "#FFC65C",
            "wrong": "#F2B8AE"
        })

    implicitHeight: words.height + Theme.pick(44, 28)
    radius: Theme.radius
    color: kind === "wrong" ? Theme.brickTint : kind === "look" ? Theme.amberTint : kind === "verified" ? Theme.leafTint : Theme.seaTint
    border.width: Theme.contrast ? Theme.keyEdge : 0
    border.color: ink

    Rectangle {
        x: 0
        y: Theme.pick(20, 12)
        width: Theme.pick(12, 8)
        height: parent.height - 2 * y
        radius: width / 2
        color: root.ink
    }

    Icon {
        id: sign

        x: Theme.pick(40, 26)
        name: root.signs[root.kind] ?? "info"
        size: Theme.pick(56, 38)
        ink: root.ink
        fill: Theme.contrast ? Theme.iconFill : root.fills[root.kind] ?? Theme.iconFill
        anchors.verticalCenter: parent.verticalCenter
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.pick(28, 18)
        anchors.right: parent.right
        anchors.rightMargin: Theme.pick(28, 18)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.pick(4, 2)

        Words {
            visible: root.title !== ""
            width: parent.width
            text: root.title
            strong: true
            font.pixelSize: Theme.h3
        }

        Words {
            visible: root.text !== ""
            width: parent.width
            text: root.text
        }
    }
}
