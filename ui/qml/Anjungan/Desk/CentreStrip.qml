import QtQuick
import Anjungan.Look
import Anjungan.Models

// How the way to the centre stands, over every page; pressed, it leads to its page.
DeskKey {
    id: root

    required property DeskModel desk
    readonly property var line: desk.centre.line
    readonly property bool calm: (line.tone ?? "sand") === "sand"
    readonly property color colour: calm ? Theme.inkSoft : line.tone === "brick" ? Theme.brick : Theme.amber

    objectName: "centreStrip"
    visible: line.text !== undefined
    Accessible.name: words.text
    height: words.height + (calm ? 18 : 22)
    flat: true
    radius: 0
    edgeWidth: Theme.contrast && !calm ? 2 : 0
    edge: colour
    ringOutside: -4
    face: calm ? Theme.paper : line.tone === "brick" ? Theme.brickTint : Theme.amberTint
    facePressed: Theme.sand
    onTapped: desk.go("centre")

    Icon {
        id: sign

        x: 24
        anchors.verticalCenter: parent.verticalCenter
        name: root.line.icon ?? "cloud"
        size: root.calm ? 22 : 26
        ink: root.colour
        fill: root.face
    }

    DeskText {
        id: words

        objectName: "centreLine"
        anchors.left: sign.right
        anchors.leftMargin: 14
        anchors.right: arrow.left
        anchors.rightMargin: 14
        anchors.verticalCenter: parent.verticalCenter
        text: root.line.text ?? ""
        strong: !root.calm
        color: root.colour
        font.pixelSize: root.calm ? 16 : 18
    }

    Icon {
        id: arrow

        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        visible: root.desk.page !== "centre"
        name: "caret-right"
        size: 20
        ink: root.colour
    }
}
