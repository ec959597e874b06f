import QtQuick
import Anjungan.Desk
import Anjungan.Look

// A kiosk that needs nobody, and how many registered there today.
DeskKey {
    id: root

    required property string name
    required property string what
    required property string today
    required property string tone
    required property string sign

    flat: true
    height: 40
    radius: 10
    edge: Theme.line
    edgeWidth: 1
    Accessible.name: name + ", " + what + (today === "" ? "" : ", " + today)

    Icon {
        x: 12
        name: root.sign
        size: 22
        ink: root.tone === "leaf" ? Theme.leaf : Theme.inkSoft
        fill: root.tone === "leaf" ? Theme.leafFill : Theme.sand
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        x: 44
        width: count.x - x - 6
        text: root.name
        font.pixelSize: 16
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        id: count

        anchors.right: parent.right
        anchors.rightMargin: 13
        text: root.today
        strong: true
        font.pixelSize: 16
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }
}
