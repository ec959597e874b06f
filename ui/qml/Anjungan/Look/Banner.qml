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

    implicitHeight: words.height + 44
    radius: Theme.radius
    color: kind === "wrong" ? Theme.brickTint : kind === "look" ? Theme.amberTint : kind === "verified" ? Theme.leafTint : Theme.seaTint
    border.width: Theme.contrast ? Theme.keyEdge : 0
    border.color: ink

    Rectangle {
        x: 0
        y: 20
        width: 12
        height: parent.height - 40
        radius: 6
        color: root.ink
    }

    Icon {
        id: sign

        x: 40
        name: root.signs[root.kind] ?? "info"
        size: 56
        ink: root.ink
        fill: Theme.contrast ? Theme.iconFill : root.fills[root.kind] ?? Theme.iconFill
        anchors.verticalCenter: parent.verticalCenter
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: 28
        anchors.right: parent.right
        anchors.rightMargin: 28
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

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
            font.pixelSize: root.title === "" ? Theme.body : 31
        }
    }
}
