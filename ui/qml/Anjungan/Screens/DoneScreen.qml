pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What came of the visit. In larger text the way to pay comes on a page of its own.
VisitScreen {
    id: root

    readonly property DoneModel done: visit.done
    readonly property bool split: Theme.portrait && Theme.textStep > 0
    // What the two keys say: "took", "missed" or "finish".
    readonly property string quietWord: done.keys[0]
    readonly property string yellowWord: done.keys[1]
    property bool paying: false
    // Where the slip does not come out, what to do about it needs the room.
    readonly property bool tight: !Theme.portrait && Theme.textStep > 0 && done.offersCode
    readonly property int side: Theme.portrait || split ? Theme.width : 640

    onVisibleChanged: if (!visible)
        paying = false

    function goOn(word: string): void {
        if (root.split && !root.paying) {
            if (word === "took")
                root.visit.holdsSlip();
            root.paying = true;
        } else if (word === "took" && !root.paying)
            root.visit.tookSlip();
        else
            root.visit.leave();
    }

    function answerQuietly(): void {
        if (root.paying)
            root.paying = false;
        else if (root.quietWord === "took")
            root.goOn("took");
        else
            root.visit.slipMissing();
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
            height: number.height + Theme.pick(44, root.tight ? 10 : 22)
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
                    visible: !root.tight
                    x: Theme.pad
                    width: parent.width - 2 * x
                    text: Texts.say("done.not_kpj")
                    color: Theme.inkSoft
                    font.pixelSize: Theme.sized([28, 32, 34], [22, 22, 22])
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }

        SlipCard {
            width: parent.width
            height: implicitHeight
            done: root.done
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
        id: quiet

        objectName: root.paying ? "backToSlip" : root.quietWord === "took" ? "hasSlip" : "noSlip"
        visible: root.paying || root.quietWord !== ""
        x: Theme.margin
        y: root.split && Theme.portrait ? Theme.navTop - Theme.navHeight - 24 : Theme.navTop
        width: Theme.portrait ? (root.split ? Theme.width : 410) : 236
        height: Theme.navHeight
        icon: root.paying ? "arrow-left" : !Theme.portrait ? "" : root.quietWord === "took" ? "check" : "question"
        pixelSize: Theme.portrait && root.split ? Theme.navText : Theme.sized([34, 34, 34], [23, 24, 25])
        text: Texts.say(root.paying ? "common.back" : root.quietWord === "took" ? "done.has_slip" : "done.no_slip")
        onTapped: root.answerQuietly()
    }

    MainKey {
        id: yellow

        readonly property bool finishing: root.paying || root.yellowWord === "finish"
        // A finger on its way to what the key said before.
        property bool changed: false

        objectName: finishing ? "finish" : "tookSlip"
        width: Theme.portrait ? (root.split ? Theme.width : 538) : Theme.nextWidth
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        height: Theme.navHeight
        icon: root.split && !root.paying ? "arrow-right" : "check"
        pixelSize: finishing || root.split ? Theme.navText : Theme.sized([34, 34, 34], [24, 26, 26])
        text: Texts.say(root.paying ? "done.finish" : finishing ? (root.split ? "common.next" : "done.finish") : root.done.phase === "ask" ? "done.yes_slip" : "done.took_slip")
        onPressedChanged: if (pressed)
            changed = false
        onFinishingChanged: changed = pressed
        onTapped: {
            if (!changed)
                root.goOn(root.yellowWord);
            changed = false;
        }
    }
}
