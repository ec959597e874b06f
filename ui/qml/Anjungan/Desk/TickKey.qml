import QtQuick
import Anjungan.Look

// A key with a box that is ticked or not.
Key {
    id: root

    required property string label
    required property bool ticked
    property bool wrong: false

    Accessible.role: Accessible.CheckBox
    Accessible.name: label
    Accessible.checked: ticked
    flat: true
    implicitHeight: Math.max(40, words.height + 12)
    radius: 10
    edgeWidth: ticked ? 3 : 2
    face: ticked ? Theme.seaTint : Theme.card
    edge: ticked ? Theme.sea : wrong ? Theme.brick : Theme.control
    ringOutside: 5
    Keys.onReturnPressed: press()
    Keys.onSpacePressed: press()

    Rectangle {
        id: box

        x: 12
        anchors.verticalCenter: parent.verticalCenter
        width: 26
        height: 26
        radius: 6
        color: root.ticked ? Theme.sea : Theme.card
        border.width: 2
        border.color: root.ticked ? Theme.sea : Theme.quietEdge

        Icon {
            visible: root.ticked
            anchors.centerIn: parent
            name: "check"
            size: 18
            ink: Theme.overSea
        }
    }

    DeskText {
        id: words

        x: box.x + box.width + 12
        width: parent.width - x - 12
        text: root.label
        font.pixelSize: 16
        anchors.verticalCenter: parent.verticalCenter
    }
}
