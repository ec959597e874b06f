import QtQuick
import Anjungan.Look
import Anjungan.Models

// Over every page while somebody has to see to the printer; pressed, it leads to its page.
DeskKey {
    id: root

    required property DeskModel desk
    readonly property string told: desk.printer.alarm
    readonly property color colour: desk.printer.holds ? Theme.brick : Theme.amber

    objectName: "printerStrip"
    visible: told !== "" && desk.account !== ""
    Accessible.name: told
    height: words.height + 24
    flat: true
    radius: 0
    edgeWidth: Theme.contrast ? 2 : 0
    edge: colour
    ringOutside: -4
    face: desk.printer.holds ? Theme.brickTint : Theme.amberTint
    facePressed: Theme.sand
    onTapped: desk.go("printer")

    Icon {
        id: sign

        x: 24
        anchors.verticalCenter: parent.verticalCenter
        name: "printer"
        size: 26
        ink: root.colour
        fill: root.face
    }

    DeskText {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: 14
        anchors.right: arrow.left
        anchors.rightMargin: 14
        anchors.verticalCenter: parent.verticalCenter
        text: root.told
        strong: true
        color: root.colour
    }

    Icon {
        id: arrow

        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        visible: root.desk.page !== "printer"
        name: "caret-right"
        size: 22
        ink: root.colour
    }
}
