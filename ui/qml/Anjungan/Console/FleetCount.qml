import QtQuick
import Anjungan.Desk
import Anjungan.Look

// How many kiosks stand alike, on their colour.
Rectangle {
    id: root

    required property int count
    required property string words
    required property color ink
    required property color tint

    implicitWidth: row.width + 36
    implicitHeight: 60
    radius: 14
    color: tint
    border.width: Theme.contrast ? 2 : 0
    border.color: ink

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 12

        DeskText {
            text: root.count
            strong: true
            color: root.ink
            font.pixelSize: 30
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }

        DeskText {
            text: root.words
            strong: true
            color: root.ink
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
