import QtQuick

// Where the resident stands. The square is a neutral slot for the office's own mark.
Item {
    id: root

    required property string office
    property string line: Texts.say("common.kiosk")
    property bool large: false
    property color ink: Theme.ink
    property color inkSoft: Theme.inkSoft
    // Nobody is registered by practising.
    readonly property bool practice: Theme.kiosk !== null && Theme.kiosk.practice

    height: large ? Theme.pick(92, 64) : Theme.pick(76, 50)

    Rectangle {
        id: slot

        width: root.height
        height: root.height
        radius: Theme.pick(20, 12)
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Icon {
            name: "bank"
            size: root.height * 0.62
            ink: Theme.inkSoft
            fill: Theme.seaTint
            anchors.centerIn: parent
        }
    }

    Rectangle {
        visible: root.practice
        x: place.x + office.width + Theme.pick(24, 16)
        y: place.y + office.height / 2 - height / 2
        width: practice.width + Theme.pick(36, 26)
        height: practice.height + Theme.pick(12, 8)
        radius: Theme.pick(12, 8)
        color: Theme.brick

        Words {
            id: practice

            anchors.centerIn: parent
            text: Texts.say("desk.practice.word")
            strong: true
            color: Theme.overBrick
            font.pixelSize: Theme.pick(26, 20)
            lineHeight: 1
        }
    }

    Column {
        id: place

        anchors.left: slot.right
        anchors.leftMargin: Theme.pick(24, 16)
        anchors.verticalCenter: slot.verticalCenter
        spacing: Theme.pick(2, 0)

        Words {
            id: office

            text: root.office
            strong: true
            color: root.ink
            font.pixelSize: root.large ? Theme.pick(36, 28) : Theme.pick(30, 22)
            lineHeight: 1.05
        }

        Words {
            text: root.line
            color: root.inkSoft
            font.pixelSize: root.large ? Theme.pick(28, 23) : Theme.pick(26, 22)
            lineHeight: 1.05
        }
    }
}
