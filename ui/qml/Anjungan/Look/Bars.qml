pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Lying bars: a part of each may be filled otherwise, and a mark may say where its target is.
Column {
    id: root

    // Each with name, count, inner, note, and target (-1 for none).
    required property list<var> bars
    property int labelWidth: 150
    property int noteWidth: 70
    property int textSize: 16
    readonly property real most: Math.max(1, ...bars.map(one => Math.max(one.count, one.target)))

    spacing: 6

    Repeater {
        model: root.bars

        Item {
            id: bar

            required property var modelData
            readonly property real room: root.width - root.labelWidth - root.noteWidth - 16

            width: root.width
            height: Math.max(22, label.height)
            Accessible.role: Accessible.StaticText
            Accessible.name: modelData.name + " " + modelData.note

            Words {
                id: label

                width: root.labelWidth
                text: bar.modelData.name
                font.pixelSize: root.textSize
                lineHeight: 1
                anchors.verticalCenter: parent.verticalCenter
            }

            Rectangle {
                id: rail

                x: root.labelWidth + 8
                width: bar.room
                height: 16
                color: Theme.sand
                border.width: Theme.contrast ? 1 : 0
                border.color: Theme.line
                anchors.verticalCenter: parent.verticalCenter

                Rectangle {
                    width: Math.round(rail.width * bar.modelData.count / root.most)
                    height: parent.height
                    color: Theme.sea
                }

                Rectangle {
                    y: 4
                    width: Math.round(rail.width * bar.modelData.inner / root.most)
                    height: parent.height - 8
                    color: Theme.kunyit
                }

                Rectangle {
                    visible: bar.modelData.target >= 0
                    x: Math.round(rail.width * bar.modelData.target / root.most) - 2
                    y: -3
                    width: 4
                    height: parent.height + 6
                    color: Theme.brick
                }
            }

            Words {
                anchors.right: parent.right
                width: root.noteWidth
                text: bar.modelData.note
                strong: true
                font.pixelSize: root.textSize
                lineHeight: 1
                horizontalAlignment: Text.AlignRight
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
