import QtQuick

// Where the resident stands. The square is a neutral slot for the office's own mark.
Item {
    id: root

    required property string office
    property string line: Texts.say("common.kiosk")
    property bool large: false
    property color ink: Theme.ink
    property color inkSoft: Theme.inkSoft

    height: large ? 92 : 76

    Rectangle {
        id: slot

        width: root.height
        height: root.height
        radius: 20
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Icon {
            name: "bank"
            size: root.large ? 56 : 48
            ink: Theme.inkSoft
            fill: Theme.seaTint
            anchors.centerIn: parent
        }
    }

    Column {
        anchors.left: slot.right
        anchors.leftMargin: 24
        anchors.verticalCenter: slot.verticalCenter
        spacing: 2

        Words {
            text: root.office
            strong: true
            color: root.ink
            font.pixelSize: root.large ? Theme.h3 : 30
        }

        Words {
            text: root.line
            color: root.inkSoft
            font.pixelSize: root.large ? Theme.small : Theme.strip
        }
    }
}
