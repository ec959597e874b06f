import QtQuick
import Anjungan.Look
import Anjungan.Models

// A sentence to agree to.
Key {
    id: root

    required property FormFieldModel field
    readonly property bool ticked: field.text === "yes"

    objectName: field.key
    Accessible.role: Accessible.CheckBox
    Accessible.name: field.label
    Accessible.checked: ticked
    flat: true
    implicitHeight: Math.max(40, words.height + 12)
    radius: 10
    edgeWidth: ticked ? 3 : 2
    face: ticked ? Theme.seaTint : Theme.card
    edge: ticked ? Theme.sea : field.problem !== "" ? Theme.brick : Theme.control
    ringOutside: 5
    onTapped: field.write(ticked ? "" : "yes")
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
        text: root.field.label
        font.pixelSize: 16
        anchors.verticalCenter: parent.verticalCenter
    }
}
