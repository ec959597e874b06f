pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// The steps of a visit: how many reached each, who gave up there (the end in red), how long it took.
Column {
    id: root

    // Each with name, reached, givenUp, reachedText, givenUpText and time.
    required property list<var> steps
    property int labelWidth: 150
    property int figureWidth: 88
    property int textSize: 16
    readonly property real most: Math.max(1, ...steps.map(one => one.reached))
    readonly property real room: width - labelWidth - 3 * figureWidth - 8
    readonly property list<string> heads: [Texts.say("report.step_reached"), Texts.say("report.step_given_up"), Texts.say("report.step_seconds")]

    spacing: 4

    Row {
        anchors.right: parent.right

        Repeater {
            model: root.heads

            Words {
                required property string modelData

                width: root.figureWidth
                text: modelData
                color: Theme.inkSoft
                font.pixelSize: root.textSize - 1
                lineHeight: 1
                wrapMode: Text.NoWrap
                horizontalAlignment: Text.AlignRight
            }
        }
    }

    Repeater {
        model: root.steps

        Item {
            id: line

            required property var modelData
            readonly property real reached: Math.round(root.room * modelData.reached / root.most)
            readonly property real lost: Math.round(root.room * modelData.givenUp / root.most)

            width: root.width
            height: 21

            Words {
                width: root.labelWidth - 6
                text: line.modelData.name
                font.pixelSize: root.textSize
                lineHeight: 1
                wrapMode: Text.NoWrap
            }

            Rectangle {
                x: root.labelWidth
                y: 3
                width: root.room
                height: 14
                color: Theme.sand
                border.width: Theme.contrast ? 1 : 0
                border.color: Theme.line

                Rectangle {
                    width: line.reached
                    height: parent.height
                    color: Theme.sea
                }

                Rectangle {
                    x: line.reached - line.lost
                    width: line.lost
                    height: parent.height
                    color: Theme.brick
                }
            }

            Row {
                anchors.right: parent.right

                Repeater {
                    model: [line.modelData.reachedText, line.modelData.givenUpText, line.modelData.time]

                    Words {
                        required property string modelData

                        width: root.figureWidth
                        text: modelData
                        font.pixelSize: root.textSize
                        lineHeight: 1
                        wrapMode: Text.NoWrap
                        horizontalAlignment: Text.AlignRight
                    }
                }
            }
        }
    }
}
