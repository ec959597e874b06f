import QtQuick
import Anjungan.Look

// A word on colour with its icon: how a registration stands.
Rectangle {
    id: root

    required property string text
    required property string tone
    required property string icon
    readonly property var inks: ({
            "brick": Theme.brick,
            "amber": Theme.amber,
            "leaf": Theme.leaf,
            "sea": Theme.sea,
            "sand": Theme.inkSoft
        })
    readonly property var tints: ({
            "brick": Theme.brickTint,
            "amber": Theme.amberTint,
            "leaf": Theme.leafTint,
            "sea": Theme.seaTint,
            "sand": Theme.sand
        })
    readonly property color ink: inks[tone]

    implicitWidth: row.width + 22
    implicitHeight: 32
    radius: 16
    color: tints[tone]
    border.width: Theme.contrast ? 1 : 0
    border.color: ink

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 7

        Icon {
            name: root.icon
            size: 20
            ink: root.ink
            fill: root.color
            anchors.verticalCenter: parent.verticalCenter
        }

        DeskText {
            text: root.text
            strong: true
            color: root.ink
            font.pixelSize: 17
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
