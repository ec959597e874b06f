import QtQuick
import Anjungan.Look
import Anjungan.Models

// Over every page while the morning's report found what somebody must see to; it leads there.
DeskKey {
    id: root

    required property DeskModel desk
    readonly property string told: desk.readiness.alarm
    readonly property color colour: desk.readiness.grave ? Theme.brick : Theme.amber

    objectName: "readinessStrip"
    visible: told !== "" && desk.account !== ""
    Accessible.name: told
    height: words.height + 22
    flat: true
    radius: 0
    edgeWidth: Theme.contrast ? 2 : 0
    edge: colour
    ringOutside: -4
    face: desk.readiness.grave ? Theme.brickTint : Theme.amberTint
    facePressed: Theme.sand
    onTapped: desk.go("readiness")

    Icon {
        id: sign

        x: 24
        anchors.verticalCenter: parent.verticalCenter
        name: "list-checks"
        size: 26
        ink: root.colour
        fill: root.face
    }

    DeskText {
        id: words

        objectName: "readinessTold"
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
        visible: root.desk.page !== "readiness"
        name: "caret-right"
        size: 22
        ink: root.colour
    }
}
