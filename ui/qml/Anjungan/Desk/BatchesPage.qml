pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Who waits for the branch, the hand-overs of before, and the files of the one that is chosen.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property BatchesModel batches: desk.batches
    readonly property bool next: batches.chosen === 0

    beside: [
        Item {
            visible: root.next
            anchors.fill: parent
            anchors.margins: 24

            DeskText {
                id: waiting

                objectName: "waiting"
                width: parent.width
                text: root.batches.asking ? Texts.say("desk.batches.question") : root.batches.waitingText
                strong: true
                font.pixelSize: 32
            }

            DeskText {
                id: lead

                y: waiting.height + 12
                width: Math.min(parent.width, 620)
                visible: root.batches.waiting > 0
                text: root.batches.asking ? Texts.say("desk.batches.question_lead") : Texts.say("desk.batches.lead")
                color: Theme.inkSoft
                font.pixelSize: 20
                lineHeight: 1.2
            }

            Tag {
                visible: root.batches.lateText !== ""
                y: lead.y + lead.height + 18
                text: root.batches.lateText
                tone: "brick"
                icon: "hourglass-medium"
            }

            DeskKey {
                objectName: "handOverNot"
                visible: root.batches.asking
                anchors.bottom: parent.bottom
                height: 54
                icon: "arrow-left"
                text: Texts.say("desk.cancel")
                onTapped: root.batches.keep()
            }

            DeskMainKey {
                objectName: "handOver"
                visible: root.batches.waiting > 0
                ready: !root.batches.work.running
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: 54
                icon: "package"
                text: root.batches.handOverText
                onTapped: root.batches.handOver()
            }
        },
        Item {
            visible: !root.next
            anchors.fill: parent
            anchors.margins: 24

            DeskText {
                id: title

                objectName: "batchTitle"
                width: parent.width
                text: root.batches.title
                strong: true
                font.pixelSize: 28
            }

            Grid {
                id: facts

                y: title.height + 20
                width: parent.width
                columns: 2
                rowSpacing: 16

                Repeater {
                    model: root.batches.facts

                    Column {
                        required property var modelData

                        width: facts.width / 2
                        spacing: 4

                        DeskText {
                            text: parent.modelData.label
                            color: Theme.inkSoft
                            font.pixelSize: 16
                        }

                        DeskText {
                            width: parent.width - 12
                            text: parent.modelData.value
                            strong: true
                        }
                    }
                }
            }

            Rectangle {
                id: rule

                y: facts.y + facts.height + 20
                width: parent.width
                height: 1
                color: Theme.line
            }

            PasswordPane {
                visible: root.batches.password !== ""
                anchors.top: rule.bottom
                anchors.topMargin: 12
                anchors.bottom: parent.bottom
                width: parent.width
                password: root.batches.password
                onNoted: root.batches.notedPassword()
            }

            DeskText {
                id: saveTo

                visible: keys.visible
                y: rule.y + 18
                text: Texts.say("desk.batches.save_to")
                strong: true
            }

            PlaceKeys {
                id: places

                visible: keys.visible
                y: saveTo.y + saveTo.height + 10
                width: parent.width
                files: root.batches.files
            }

            Row {
                visible: keys.visible
                y: places.y + places.height + 18
                width: parent.width
                spacing: 10

                Icon {
                    id: open

                    name: "warning"
                    size: 24
                    ink: Theme.amber
                }

                DeskText {
                    width: parent.width - open.width - 10
                    text: Texts.say("desk.batches.open_file")
                    color: Theme.amber
                    anchors.verticalCenter: open.verticalCenter
                }
            }

            WorkBar {
                anchors.bottom: keys.top
                anchors.bottomMargin: 12
                width: parent.width
                work: root.batches.work
            }

            Item {
                id: keys

                visible: root.batches.password === ""
                anchors.bottom: parent.bottom
                width: parent.width
                height: 54

                DeskKey {
                    objectName: "saveCsv"
                    anchors.right: saveXlsx.left
                    anchors.rightMargin: 14
                    height: parent.height
                    icon: "file-csv"
                    text: Texts.say("desk.batches.csv")
                    onTapped: root.batches.save("csv")
                }

                DeskKey {
                    id: saveXlsx

                    objectName: "saveXlsx"
                    anchors.right: saveLocked.left
                    anchors.rightMargin: 14
                    height: parent.height
                    icon: "file-xls"
                    text: Texts.say("desk.batches.xlsx")
                    onTapped: root.batches.save("xlsx")
                }

                DeskMainKey {
                    id: saveLocked

                    objectName: "saveLocked"
                    anchors.right: parent.right
                    height: parent.height
                    ready: !root.batches.work.running
                    icon: "lock-key"
                    text: Texts.say("desk.batches.locked")
                    onTapped: root.batches.save("locked")
                }
            }
        }
    ]

    ListView {
        id: list

        objectName: "batches"
        anchors.fill: parent
        anchors.margins: 2
        anchors.topMargin: 10
        anchors.bottomMargin: 10
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.batches.lines
        header: BatchLine {
            width: list.width
            objectName: "batch_next"
            title: Texts.say("desk.batches.next")
            note: root.batches.waitingText
            size: ""
            chosen: root.next
            onTapped: root.batches.choose(0)
        }

        delegate: BatchLine {
            required property var modelData

            width: list.width
            objectName: "batch_" + modelData.number
            title: modelData.title
            note: modelData.when + ", " + modelData.who
            size: modelData.size
            chosen: root.batches.chosen === modelData.number
            onTapped: root.batches.choose(modelData.number)
        }
    }
}
