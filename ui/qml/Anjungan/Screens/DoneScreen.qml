pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// What came of the visit. In larger text the way to pay comes on a page of its own.
VisitScreen {
    id: root

    readonly property string slip: visit.done.slip
    // What is left to do for the person: wait at the printer, or ask at the counter.
    readonly property bool atCounter: slip === "failed" || slip === "filed" || slip === "unsure"
    readonly property bool split: Theme.portrait && Theme.textStep > 0
    property bool paying: false
    readonly property int side: Theme.portrait || split ? Theme.width : 640

    onVisibleChanged: if (!visible)
        paying = false

    function goOn(): void {
        if (root.split && !root.paying)
            root.paying = true;
        else if (root.atCounter)
            root.visit.leave();
        else
            root.visit.tookSlip();
    }

    Column {
        id: facts

        visible: !root.paying
        x: Theme.margin
        y: Theme.plainTop
        width: root.side
        spacing: Theme.pick(26, 12)

        Row {
            spacing: Theme.pick(24, 16)

            Rectangle {
                width: Theme.pick(96, 60)
                height: width
                radius: width / 2
                color: Theme.leaf

                Icon {
                    anchors.centerIn: parent
                    name: "check"
                    ink: Theme.paper
                    size: parent.width * 0.62
                }
            }

            Column {
                width: facts.width - Theme.pick(120, 76)

                Words {
                    width: parent.width
                    text: root.visit.done.title
                    strong: true
                    font.pixelSize: Theme.h1
                    lineHeight: 1.05
                }

                Words {
                    text: root.visit.done.when
                    color: Theme.inkSoft
                    font.pixelSize: Theme.sized([28, 34, 39], [22, 22, 23])
                }
            }
        }

        Rectangle {
            width: parent.width
            height: Theme.pick(230, 116)
            radius: Theme.radius
            color: Theme.contrast ? Theme.card : Theme.brick
            border.width: Theme.contrast ? Theme.chosenEdge : 0
            border.color: Theme.brick

            Icon {
                id: shield

                x: Theme.pick(50, 26)
                anchors.verticalCenter: parent.verticalCenter
                name: "shield-warning"
                size: Theme.pick(150, 84)
                ink: Theme.contrast ? Theme.ink : Theme.overBrick
                fill: Theme.contrast ? Theme.card : Theme.brick
            }

            Column {
                anchors.left: shield.right
                anchors.leftMargin: Theme.pick(30, 22)
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.pick(6, 0)

                Words {
                    text: Texts.say("done.not_protected")
                    strong: true
                    color: shield.ink
                    font.pixelSize: Theme.pick(66, 46)
                }

                Words {
                    text: Texts.say("done.until_paid")
                    color: shield.ink
                    font.pixelSize: Theme.sized([42, 44, 44], [28, 30, 31])
                }
            }
        }

        Rectangle {
            width: parent.width
            height: number.height + Theme.pick(44, 22)
            radius: Theme.radius
            color: Theme.card
            border.width: Theme.tileEdge
            border.color: Theme.line

            Column {
                id: number

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width
                spacing: Theme.pick(8, 2)

                Words {
                    width: parent.width
                    text: Texts.say("done.number")
                    color: Theme.inkSoft
                    font.pixelSize: Theme.sized([33, 38, 42], [23, 24, 25])
                    horizontalAlignment: Text.AlignHCenter
                }

                Words {
                    objectName: "number"
                    width: parent.width
                    text: root.visit.done.number
                    strong: true
                    font.pixelSize: Theme.number
                    font.letterSpacing: Theme.pick(4, 3)
                    lineHeight: 1
                    horizontalAlignment: Text.AlignHCenter
                }

                Words {
                    // Where the slip does not come out, that sentence needs the room.
                    visible: Theme.portrait || !(Theme.largest && root.atCounter)
                    x: Theme.pad
                    width: parent.width - 2 * x
                    text: Texts.say("done.not_kpj")
                    color: Theme.inkSoft
                    font.pixelSize: Theme.sized([28, 32, 34], [22, 22, 22])
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }

        Banner {
            visible: root.atCounter
            width: parent.width
            height: Math.max(implicitHeight, Theme.pick(210, 110))
            kind: root.slip === "filed" ? "info" : "look"
            title: Texts.say("done.slip_" + root.slip)
            text: root.atCounter ? Texts.say("done.slip_" + root.slip + "_lead") : ""
        }

        Rectangle {
            visible: !root.atCounter
            width: parent.width
            height: progress.height + Theme.pick(44, 22)
            radius: Theme.radius
            color: Theme.seaTint
            border.width: Theme.contrast ? Theme.keyEdge : 0
            border.color: Theme.ink

            Icon {
                id: printer

                x: Theme.pick(44, 24)
                anchors.verticalCenter: parent.verticalCenter
                name: "printer"
                size: Theme.pick(104, 64)
            }

            Column {
                id: progress

                anchors.left: printer.right
                anchors.leftMargin: Theme.pick(36, 22)
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.pick(18, 8)

                Words {
                    width: parent.width
                    text: Texts.say("done.slip_" + root.slip)
                    strong: true
                    font.pixelSize: Theme.sized([42, 44, 46], [27, 29, 30])
                    lineHeight: 1
                }

                Row {
                    Repeater {
                        model: ["done.saved", "done.printing", "done.take"]

                        Item {
                            id: stage

                            required property string modelData
                            required property int index
                            readonly property int reached: root.slip === "came_out" ? 3 : 1
                            readonly property bool past: index < reached
                            readonly property bool current: index === reached

                            width: (progress.width - Theme.pick(10, 6)) / 3
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
        }
    }

    Column {
        visible: !root.split || root.paying
        x: Theme.portrait || root.split ? Theme.margin : Theme.margin + root.side + 36
        y: root.split || !Theme.portrait ? Theme.plainTop : facts.y + facts.height + 28
        width: Theme.sheetWidth - Theme.margin - x
        spacing: root.split ? Theme.pick(40, 20) : Theme.pick(14, 14)

        Words {
            text: Texts.say("done.how_to_pay")
            strong: true
            font.pixelSize: root.split ? Theme.h1 : Theme.h2
        }

        Repeater {
            model: [Texts.say("done.pay_1"), Texts.say("done.pay_2"), Texts.say("done.pay_3"), root.visit.done.payNow + "\n" + root.visit.done.payLater]

            Row {
                id: step

                required property string modelData
                required property int index

                spacing: Theme.pick(28, 18)

                Rectangle {
                    id: ball

                    width: Theme.pick(68, 46)
                    height: width
                    radius: width / 2
                    color: Theme.sea

                    Words {
                        anchors.centerIn: parent
                        text: step.index + 1
                        strong: true
                        color: Theme.overSea
                        font.pixelSize: Theme.pick(36, 25)
                        lineHeight: 1
                    }
                }

                Words {
                    width: step.parent.width - ball.width - step.spacing
                    anchors.verticalCenter: parent.verticalCenter
                    text: step.modelData
                    strong: step.index === 3
                    font.pixelSize: Theme.sized([33, 40, 46], [23, 26, 27])
                    lineHeight: 1.12
                }
            }
        }
    }

    QuietKey {
        objectName: "noSlip"
        visible: !root.atCounter && !root.paying
        x: Theme.margin
        y: root.split && Theme.portrait ? Theme.navTop - Theme.navHeight - 24 : Theme.navTop
        width: Theme.portrait ? (root.split ? Theme.width : 410) : 236
        height: Theme.navHeight
        icon: Theme.portrait ? "question" : ""
        pixelSize: Theme.portrait && root.split ? Theme.navText : Theme.sized([34, 34, 34], [23, 24, 25])
        text: Texts.say("done.no_slip")
        onTapped: root.visit.slipMissing()
    }

    MainKey {
        objectName: root.atCounter || root.paying ? "finish" : "tookSlip"
        width: Theme.portrait ? (root.split ? Theme.width : root.atCounter ? 600 : 538) : Theme.nextWidth
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        height: Theme.navHeight
        icon: root.split && !root.paying ? "arrow-right" : "check"
        pixelSize: root.atCounter || root.split ? Theme.navText : Theme.sized([34, 34, 34], [24, 26, 26])
        text: Texts.say(root.paying || root.atCounter && !root.split ? "done.finish" : root.atCounter ? "common.next" : "done.took_slip")
        onTapped: root.goOn()
    }
}
