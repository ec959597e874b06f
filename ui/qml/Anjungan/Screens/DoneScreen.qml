pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property string slip: visit.done.slip
    // What is left to do for the person: wait at the printer, or ask at the counter.
    readonly property bool atCounter: slip === "failed" || slip === "filed"

    Rectangle {
        x: Theme.margin
        y: 164
        width: 96
        height: 96
        radius: 48
        color: Theme.leaf

        Icon {
            anchors.centerIn: parent
            name: "check"
            ink: Theme.paper
            size: 60
        }
    }

    Column {
        x: 176
        y: 156
        spacing: 4

        Words {
            text: Texts.say("done.title")
            strong: true
            font.pixelSize: Theme.h1
            lineHeight: 1.05
        }

        Words {
            text: root.visit.done.when
            color: Theme.inkSoft
            font.pixelSize: Theme.small
        }
    }

    Rectangle {
        x: Theme.margin
        y: 296
        width: Theme.width
        height: 240
        radius: Theme.radius
        color: Theme.brick

        Icon {
            x: 50
            anchors.verticalCenter: parent.verticalCenter
            name: "shield-warning"
            size: 150
            ink: Theme.overBrick
            fill: Theme.brick
        }

        Column {
            x: 230
            anchors.verticalCenter: parent.verticalCenter
            spacing: 6

            Words {
                text: Texts.say("done.not_protected")
                strong: true
                color: Theme.overBrick
                font.pixelSize: 66
            }

            Words {
                text: Texts.say("done.until_paid")
                color: Theme.overBrick
                font.pixelSize: 42
            }
        }
    }

    Rectangle {
        x: Theme.margin
        y: 562
        width: Theme.width
        height: 270
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            anchors.centerIn: parent
            width: parent.width
            spacing: 8

            Words {
                width: parent.width
                text: Texts.say("done.number")
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }

            Words {
                objectName: "number"
                width: parent.width
                text: root.visit.done.number
                strong: true
                font.pixelSize: Theme.number
                font.letterSpacing: 4
                lineHeight: 1
                horizontalAlignment: Text.AlignHCenter
            }

            Words {
                width: parent.width
                text: Texts.say("done.not_kpj")
                color: Theme.inkSoft
                font.pixelSize: Theme.small
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    Banner {
        visible: root.atCounter
        x: Theme.margin
        y: 858
        width: Theme.width
        height: 210
        kind: root.slip === "filed" ? "info" : "look"
        title: Texts.say("done.slip_" + root.slip)
        text: root.atCounter ? Texts.say("done.slip_" + root.slip + "_lead") : ""
    }

    Rectangle {
        visible: !root.atCounter
        x: Theme.margin
        y: 858
        width: Theme.width
        height: 210
        radius: Theme.radius
        color: Theme.seaTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Icon {
            x: 44
            anchors.verticalCenter: parent.verticalCenter
            name: "printer"
            size: 104
        }

        Words {
            x: 186
            y: 22
            text: Texts.say("done.slip_" + root.slip)
            strong: true
            font.pixelSize: 42
        }

        Row {
            x: 186
            y: 94

            Repeater {
                model: ["done.saved", "done.printing", "done.take"]

                Item {
                    id: stage

                    required property string modelData
                    required property int index
                    readonly property int reached: root.slip === "came_out" ? 3 : 1
                    readonly property bool past: index < reached
                    readonly property bool current: index === reached

                    width: 260
                    height: 100

                    Rectangle {
                        visible: stage.index < 2
                        x: 36
                        y: 15
                        width: parent.width - 36
                        height: 6
                        color: stage.past ? Theme.sea : Theme.ledge
                    }

                    Rectangle {
                        width: 36
                        height: 36
                        radius: 18
                        color: stage.past ? Theme.sea : stage.current ? Theme.kunyit : Theme.card
                        border.width: Theme.keyEdge
                        border.color: stage.current ? Theme.kunyitEdge : Theme.sea

                        Icon {
                            visible: stage.past
                            anchors.centerIn: parent
                            name: "check"
                            ink: Theme.overSea
                            size: 24
                        }
                    }

                    Words {
                        y: 46
                        text: Texts.say(stage.modelData)
                        strong: stage.current
                        font.pixelSize: Theme.small
                    }
                }
            }
        }
    }

    Words {
        x: Theme.margin
        y: 1100
        text: Texts.say("done.how_to_pay")
        strong: true
        font.pixelSize: Theme.h2
    }

    Column {
        x: Theme.margin
        y: 1172
        width: Theme.width
        spacing: 16

        Repeater {
            model: [Texts.say("done.pay_1"), Texts.say("done.pay_2"), Texts.say("done.pay_3"), root.visit.done.payNow + "\n" + root.visit.done.payLater]

            Row {
                id: step

                required property string modelData
                required property int index

                spacing: 28

                Rectangle {
                    width: 68
                    height: 68
                    radius: 34
                    color: Theme.sea

                    Words {
                        anchors.centerIn: parent
                        text: step.index + 1
                        strong: true
                        color: Theme.overSea
                        font.pixelSize: Theme.h3
                        lineHeight: 1
                    }
                }

                Words {
                    width: Theme.width - 96
                    anchors.verticalCenter: parent.verticalCenter
                    text: step.modelData
                    strong: step.index === 3
                    lineHeight: 1.15
                }
            }
        }
    }

    QuietKey {
        objectName: "noSlip"
        visible: !root.atCounter
        x: Theme.margin
        y: Theme.navTop
        width: 410
        height: Theme.navHeight
        icon: "question"
        pixelSize: 34
        text: Texts.say("done.no_slip")
        onTapped: root.visit.slipMissing()
    }

    MainKey {
        objectName: "tookSlip"
        visible: !root.atCounter
        x: 486
        y: Theme.navTop
        width: 538
        height: Theme.navHeight
        icon: "check"
        pixelSize: 34
        text: Texts.say("done.took_slip")
        onTapped: root.visit.tookSlip()
    }

    MainKey {
        objectName: "finish"
        visible: root.atCounter
        x: 424
        y: Theme.navTop
        width: 600
        height: Theme.navHeight
        icon: "check"
        text: Texts.say("done.finish")
        onTapped: root.visit.leave()
    }
}
