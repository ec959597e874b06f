pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The printer and the slips that are not out; beside them the one of these that is chosen.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property PrinterModel printer: desk.printer
    readonly property bool ofSlip: printer.slip.title !== undefined

    share: 0.35
    beside: [
        Item {
            visible: !root.ofSlip
            anchors.fill: parent
            anchors.margins: 24

            DeskText {
                id: word

                objectName: "printerWord"
                width: parent.width - 48
                x: 48
                text: root.printer.standing.word
                strong: true
                font.pixelSize: 28
            }

            ToneSign {
                anchors.verticalCenter: word.verticalCenter
                name: root.printer.standing.icon
                tone: root.printer.standing.tone
            }

            DeskText {
                id: todo

                objectName: "printerTodo"
                y: word.height + 12
                width: Math.min(parent.width, 620)
                text: [root.printer.standing.todo, root.printer.ofFound ? "" : root.printer.since].filter(part => part !== "").join(" ")
                font.pixelSize: 20
                lineHeight: 1.2
            }

            Rectangle {
                id: rule

                y: todo.y + todo.height + 16
                width: parent.width
                height: 1
                color: Theme.line
            }

            KnownFacts {
                y: rule.y + 20
                width: parent.width
                facts: root.printer.facts
            }

            Flow {
                anchors.bottom: parent.bottom
                visible: !root.printer.ofFound
                width: parent.width - refill.width - 14
                spacing: 10

                DeskKey {
                    objectName: "printTest"
                    height: 54
                    icon: "printer"
                    text: Texts.say("desk.printer.print_test")
                    textSize: 17
                    onTapped: root.printer.printTest()
                }

                DeskKey {
                    objectName: "searchPrinters"
                    visible: root.printer.maySearch
                    height: 54
                    icon: "magnifying-glass"
                    text: Texts.say(root.printer.searching ? "desk.printer.searching" : "desk.printer.search")
                    textSize: 17
                    onTapped: root.printer.search()
                }

                DeskKey {
                    objectName: "printAll"
                    visible: root.printer.toPrint > 0
                    height: 54
                    icon: "printer"
                    text: Texts.say("desk.printer.print_all", {
                        "count": root.printer.toPrint
                    })
                    textSize: 17
                    onTapped: root.printer.printAll()
                }
            }

            DeskMainKey {
                id: refill

                objectName: "refill"
                visible: !root.printer.ofFound
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: 54
                icon: "check"
                text: Texts.say("desk.printer.refill")
                onTapped: root.printer.refill()
            }
        },
        Item {
            visible: root.ofSlip
            anchors.fill: parent
            anchors.margins: 24

            DeskText {
                id: title

                objectName: "slipTitle"
                width: parent.width - tag.width - 16
                text: root.printer.slip.title ?? ""
                strong: true
                font.pixelSize: 28
            }

            Tag {
                id: tag

                anchors.right: parent.right
                anchors.verticalCenter: title.verticalCenter
                text: root.printer.slip.tag ?? ""
                tone: root.printer.slip.tone ?? "sand"
                icon: root.printer.slip.icon ?? "printer"
            }

            DeskText {
                id: whose

                y: title.height + 10
                width: parent.width
                text: [root.printer.slip.name, root.printer.slip.since].filter(part => part).join(", ")
                color: Theme.inkSoft
                font.pixelSize: 19
            }

            DeskText {
                objectName: "slipTold"
                y: whose.y + whose.height + 28
                width: Math.min(parent.width, 620)
                text: root.printer.slip.told ?? ""
                font.pixelSize: 20
                lineHeight: 1.25
            }

            Flow {
                anchors.bottom: parent.bottom
                width: parent.width - (main.visible ? main.width + 14 : 0)
                spacing: 10

                Repeater {
                    model: root.printer.slip.deeds ?? []

                    DeskKey {
                        required property var modelData

                        objectName: "slip_" + modelData.name
                        height: 54
                        icon: modelData.icon
                        text: modelData.label
                        textSize: 17
                        onTapped: root.printer.do(modelData.name)
                    }
                }
            }

            DeskMainKey {
                id: main

                objectName: "mainSlip"
                visible: root.printer.slip.main?.name !== undefined
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: 54
                icon: root.printer.slip.main?.icon ?? ""
                text: root.printer.slip.main?.label ?? ""
                onTapped: root.printer.do(root.printer.slip.main.name)
            }
        }
    ]

    PickLine {
        id: itself

        objectName: "printerItself"
        x: 2
        y: 10
        width: parent.width - 4
        title: Texts.say("desk.page.printer")
        note: root.printer.seesSlips ? root.printer.owed : ""
        tag: root.printer.itself.word
        tone: root.printer.itself.tone
        sign: root.printer.itself.icon
        chosen: !root.ofSlip && !root.printer.ofFound
        onTapped: root.printer.choose("0")
    }

    PickList {
        objectName: "owedSlips"
        anchors.topMargin: 10 + itself.height
        kind: root.printer.maySearch ? "found" : "slip"
        lines: root.printer.maySearch ? root.printer.foundLines : root.printer.lines
        chosen: root.printer.chosen
        onPicked: id => root.printer.choose(id)
    }
}
