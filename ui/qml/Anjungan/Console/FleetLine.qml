import QtQuick
import Anjungan.Desk
import Anjungan.Look

// A kiosk that needs a person.
Item {
    id: root

    required property string number
    required property string name
    required property string what
    required property string since
    required property string waiting
    required property string seen
    required property string act
    required property string tone
    required property string icon
    required property bool first
    required property bool last
    readonly property color ink: tone === "brick" ? Theme.brick : Theme.amber

    signal opened

    implicitHeight: 46

    Rectangle {
        x: 8
        width: 6
        height: 30
        radius: 3
        color: root.tone === "brick" ? Theme.brick : Theme.kunyit
        anchors.verticalCenter: parent.verticalCenter
    }

    Icon {
        x: 21
        name: root.icon
        size: 26
        ink: root.ink
        fill: root.tone === "brick" ? Theme.brickTint : Theme.iconFill
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        x: 55
        width: 140
        text: root.name
        strong: true
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        x: 200
        width: since.x - x - 12
        text: root.what
        font.pixelSize: 17
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 15
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        id: since

        x: parent.width - 686
        width: 150
        text: root.since
        color: Theme.inkSoft
        font.pixelSize: 16
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        anchors.right: parent.left
        anchors.rightMargin: -(parent.width - 464)
        text: root.waiting
        strong: root.waiting !== "0"
        font.pixelSize: 17
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        x: parent.width - 426
        width: 180
        text: root.seen
        color: Theme.inkSoft
        font.pixelSize: 16
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskKey {
        objectName: "act_" + root.number
        anchors.right: parent.right
        anchors.rightMargin: 14
        anchors.verticalCenter: parent.verticalCenter
        width: 214
        height: 36
        flat: true
        textSize: 16
        Accessible.name: root.name + ": " + root.act
        text: root.act
        face: root.first ? Theme.kunyit : Theme.card
        facePressed: root.first ? Theme.kunyitPressed : Theme.seaTint
        edge: root.first ? Theme.kunyitEdge : Theme.quietEdge
        ink: root.first ? Theme.overKunyit : Theme.ink
        onTapped: root.opened()
    }

    Rectangle {
        visible: !root.last
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
