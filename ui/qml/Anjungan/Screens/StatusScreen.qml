pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// How far a registration has come and what to do next. It names no person.
VisitScreen {
    id: root

    readonly property var stages: visit.status.stages
    readonly property bool payable: visit.status.amount !== ""
    readonly property int side: Theme.pick(Theme.width, 560)
    readonly property int textX: Theme.pick(Theme.margin, Theme.margin + side + 34)

    Column {
        id: facts

        x: Theme.margin
        y: Theme.plainTop
        width: root.side
        spacing: Theme.pick(26, 14)

        Words {
            width: parent.width
            text: root.visit.status.title
            strong: true
            font.pixelSize: Theme.h1
            lineHeight: 1.05
        }

        Rectangle {
            width: parent.width
            height: card.height + Theme.pick(44, 24)
            radius: Theme.radius
            color: Theme.card
            border.width: Theme.tileEdge
            border.color: Theme.line

            Column {
                id: card

                x: Theme.pad
                width: parent.width - 2 * x
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.pick(8, 4)

                Words {
                    width: parent.width
                    text: Texts.say("slip.number")
                    color: Theme.inkSoft
                    font.pixelSize: Theme.small
                    lineHeight: 1
                }

                Words {
                    objectName: "statusNumber"
                    width: parent.width
                    text: root.visit.status.number
                    strong: true
                    font.pixelSize: Theme.pick(72, 48)
                    font.letterSpacing: Theme.pick(3, 2)
                    lineHeight: 1
                }

                Words {
                    width: parent.width
                    text: root.visit.status.registered
                    font.pixelSize: Theme.sized([33, 38, 42], [22, 25, 28])
                }

                Words {
                    width: parent.width
                    text: root.visit.status.programme
                    font.pixelSize: Theme.sized([33, 38, 42], [22, 25, 28])
                }
            }
        }
    }

    Item {
        id: way

        x: root.textX
        y: Theme.pick(facts.y + facts.height + 34, Theme.plainTop)
        width: Theme.sheetWidth - Theme.margin - x
        height: list.height

        Column {
            id: list

            width: parent.width

            Repeater {
                model: root.stages

                Item {
                    id: stage

                    required property var modelData
                    required property int index
                    readonly property bool past: modelData.place === "past"
                    readonly property bool next: modelData.place === "next"

                    width: list.width
                    height: Theme.sized([78, 74, 66], [50, 50, 50])

                    Rectangle {
                        visible: stage.index < root.stages.length - 1
                        x: dot.width / 2 - width / 2
                        y: dot.height
                        width: Theme.pick(6, 4)
                        height: stage.height - dot.height
                        color: stage.past ? Theme.sea : Theme.ledge
                    }

                    Rectangle {
                        id: dot

                        width: Theme.pick(52, 36)
                        height: width
                        radius: width / 2
                        color: stage.past ? Theme.sea : stage.next ? Theme.kunyit : Theme.card
                        border.width: Theme.keyEdge
                        border.color: stage.next ? Theme.kunyitEdge : Theme.sea

                        Icon {
                            visible: stage.past
                            anchors.centerIn: parent
                            name: "check"
                            ink: Theme.overSea
                            size: parent.width * 0.62
                        }
                    }

                    Words {
                        x: dot.width + Theme.pick(26, 16)
                        width: parent.width - x
                        height: dot.height
                        verticalAlignment: Text.AlignVCenter
                        text: stage.modelData.name
                        strong: stage.past
                        color: stage.past ? Theme.ink : Theme.inkSoft
                        font.pixelSize: Theme.sized([38, 42, 46], [25, 28, 30])
                        lineHeight: 1
                    }
                }
            }
        }
    }

    Column {
        id: advice

        x: root.textX
        y: way.y + way.height + (root.stages.length > 0 ? Theme.pick(30, 14) : 0)
        width: way.width
        spacing: Theme.sized([26, 26, 20], [14, 14, 14])

        Banner {
            width: parent.width
            kind: root.visit.status.ended ? "look" : "info"
            title: Theme.largest && Theme.portrait ? "" : Texts.say("status.next_title")
            text: root.visit.status.next
        }

        Total {
            visible: root.payable && Theme.portrait
            width: parent.width
            height: implicitHeight
            title: root.visit.status.payFor
            line: root.visit.status.payUntil
            amount: root.visit.status.amount
            amountSize: Theme.sized([80, 80, 72], [50, 50, 44])
        }
    }

    Total {
        visible: root.payable && !Theme.portrait
        x: Theme.margin
        y: Theme.workBottom - height
        width: root.side
        height: implicitHeight
        title: root.visit.status.payFor
        line: root.visit.status.payUntil
        amount: root.visit.status.amount
        amountSize: Theme.sized([80, 80, 72], [50, 50, 44])
    }

    Rectangle {
        visible: root.visit.status.ended
        x: Theme.pick((Theme.sheetWidth - width) / 2, root.textX + (way.width - width) / 2)
        y: (advice.y + advice.height + Theme.navTop - height) / 2
        width: Theme.pick(380, 240)
        height: width
        radius: width / 2
        color: Theme.amberTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Icon {
            anchors.centerIn: parent
            name: "info"
            size: parent.width * 0.53
        }
    }

    QuietKey {
        objectName: "callFromStatus"
        visible: root.visit.status.ended
        x: Theme.margin
        y: Theme.navTop
        width: Theme.pick(471, 232)
        height: Theme.navHeight
        icon: Theme.portrait ? "hand-waving" : ""
        pixelSize: Theme.sized([34, 38, 40], [24, 27, 28])
        text: Texts.say("common.call_staff")
        onTapped: root.visit.callStaff()
    }

    QuietKey {
        objectName: "printAgain"
        visible: root.visit.status.canPrint
        x: Theme.margin
        y: Theme.navTop
        width: Theme.pick(471, 232)
        height: Theme.navHeight
        icon: Theme.portrait ? "printer" : ""
        pixelSize: Theme.sized([34, 38, 40], [24, 27, 28])
        text: Texts.say("menu.reprint")
        onTapped: root.visit.status.printAgain()
    }

    MainKey {
        objectName: "endStatus"
        width: Theme.pick(471, Theme.nextWidth)
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        height: Theme.navHeight
        icon: "check"
        text: Texts.say("stop.end")
        onTapped: root.visit.leave()
    }
}
