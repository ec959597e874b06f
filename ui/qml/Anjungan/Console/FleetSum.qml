import QtQuick
import Anjungan.Desk
import Anjungan.Look

// A sum over all kiosks, below what it counts.
Column {
    id: root

    required property string label
    required property string value

    spacing: 5

    DeskText {
        anchors.right: parent.right
        text: root.label
        color: Theme.inkSoft
        font.pixelSize: 16
        wrapMode: Text.NoWrap
    }

    DeskText {
        anchors.right: parent.right
        text: root.value
        strong: true
        font.pixelSize: 24
        wrapMode: Text.NoWrap
    }
}
