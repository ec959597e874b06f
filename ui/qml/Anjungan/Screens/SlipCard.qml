pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// How far the slip has come: in three stages, or what it waits for and a code to photograph.
Rectangle {
    id: root

    required property DoneModel done
    readonly property bool coded: done.offersCode
    readonly property bool out: done.phase === "out"
    readonly property color ink: coded ? Theme.amber : out ? Theme.leaf : Theme.sea

    implicitHeight: Math.max(words.height, code.visible ? code.height : 0) + (coded ? Theme.pick(28, 20) : Theme.pick(44, 22))
    radius: Theme.radius
    color: coded ? Theme.amberTint : out ? Theme.leafTint : Theme.seaTint
    border.width: Theme.contrast ? Theme.keyEdge : 0
    border.color: coded ? ink : Theme.ink

    Icon {
        id: sign

        x: root.coded ? Theme.pick(32, 18) : Theme.pick(44, 24)
        y: root.coded ? words.y + Theme.pick(2, 0) : (parent.height - height) / 2
        name: root.coded ? "warning" : "printer"
        size: root.coded ? Theme.pick(52, 32) : Theme.pick(104, 64)
        ink: root.coded ? root.ink : Theme.sea
        fill: Theme.contrast ? Theme.iconFill : "#FFC65C"
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: root.coded ? Theme.pick(22, 12) : Theme.pick(36, 22)
        anchors.right: code.visible ? code.left : parent.right
        anchors.rightMargin: code.visible ? Theme.pick(20, 12) : 0
        anchors.verticalCenter: parent.verticalCenter
        spacing: root.coded ? Theme.pick(8, 3) : Theme.pick(18, 8)

        Words {
            objectName: "slipTitle"
            width: parent.width
            text: root.done.slipTitle
            strong: true
            font.pixelSize: root.coded ? Theme.sized([36, 44, 46], [25, 27, 28]) : Theme.sized([42, 44, 46], [27, 29, 30])
            lineHeight: 1
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: root.done.slipLead
            font.pixelSize: Theme.sized([32, 38, 42], [22, 24, 24])
            lineHeight: 1.12
        }

        Row {
            visible: !root.coded

            Repeater {
                model: ["done.saved", "done.printing", "done.take"]

                Item {
                    id: stage

                    required property string modelData
                    required property int index
                    readonly property bool past: index < root.done.reached
                    readonly property bool current: index === root.done.reached

                    width: (words.width - Theme.pick(10, 6)) / 3
                    height: Theme.pick(90, 60)

                    Rectangle {
                        visible: stage.index < 2
                        x: dot.width
                        y: dot.height / 2 - height / 2
                        width: parent.width - x
                        height: Theme.pick(6, 4)
                        color: stage.past ? Theme.sea : Theme.ledge
                    }

                    Rectangle {
                        id: dot

                        width: Theme.pick(36, 26)
                        height: width
                        radius: width / 2
                        color: stage.past ? Theme.sea : stage.current ? Theme.kunyit : Theme.card
                        border.width: Theme.keyEdge
                        border.color: stage.current ? Theme.kunyitEdge : Theme.sea

                        Icon {
                            visible: stage.past
                            anchors.centerIn: parent
                            name: "check"
                            ink: Theme.overSea
                            size: parent.width * 0.66
                        }
                    }

                    Words {
                        y: dot.height + Theme.pick(8, 4)
                        width: parent.width - 6
                        text: Texts.say(stage.modelData)
                        strong: stage.current
                        font.pixelSize: Theme.pick(28, 22)
                        lineHeight: 1
                    }
                }
            }
        }
    }

    // Drawn only where it is shown: most slips come out without it.
    Loader {
        id: code

        objectName: "photoCode"
        active: root.coded
        visible: active
        anchors.right: parent.right
        anchors.rightMargin: Theme.pick(14, 10)
        anchors.verticalCenter: parent.verticalCenter

        sourceComponent: PhotoCode {
            runs: root.done.code
            module: Theme.sized([7, 12, 12], [5, 5, 5])
            Accessible.name: Texts.say("done.code")
        }
    }
}
