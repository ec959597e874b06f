pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Everything answered, each line open to mending, and the declarations. In larger text, and when
// there is too much for one page, they come on three: the person, the work, the declarations.
StepScreen {
    id: root

    readonly property var everything: visit.review.person.concat(visit.review.work)
    readonly property bool split: Theme.textStep > 0 || !fits
    // Upright, the room for the lines, and what they leave of it.
    readonly property int room: workHeight - 506
    readonly property int plainHeight: heightOfAll(70) <= room ? 70 : 62
    readonly property int rowsHeight: heightOfAll(plainHeight)
    readonly property int spare: room - rowsHeight
    readonly property bool fits: Theme.portrait ? spare >= 0 : everything.length <= 12 && everything.every(row => row.value.length <= (everything.length > 10 ? 26 : 56))
    readonly property int page: visit.review.page
    readonly property bool showsRows: !split || page < 2
    readonly property bool showsEnd: !split || page === 2
    readonly property var rows: !split ? everything : page === 0 ? visit.review.person : visit.review.work
    readonly property int mostRows: 14
    readonly property int columns: Theme.pick(1, 2)
    readonly property int lines: Math.ceil(rows.length / columns)
    readonly property int side: Theme.portrait || split ? workWidth : 800
    readonly property bool inLine: Theme.portrait && !split
    readonly property int rowHeight: Math.min(Theme.pick(200, 130), (workHeight - 16) / lines)

    // A long answer needs three lines, the others give up the room for it.
    function heightInLine(value: string, plain: int): int {
        return value.length > 50 ? 104 : value.length > 31 ? 70 : plain;
    }

    function heightOfAll(plain: int): int {
        return everything.reduce((sum, row) => sum + heightInLine(row.value, plain), 0);
    }

    Binding {
        target: root.visit.review
        property: "split"
        value: root.split
    }

    Rectangle {
        id: card

        visible: root.showsRows
        width: root.side
        height: grid.height + 16
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Flow {
            id: grid

            y: 8
            width: root.side
            height: root.inLine ? root.rowsHeight : root.lines * root.rowHeight
            flow: Flow.TopToBottom

            Repeater {
                // Lines that stay, rather than new ones for every look at the answers.
                model: root.mostRows

                Key {
                    id: row

                    required property int index
                    readonly property var modelData: root.rows[index] ?? {
                        "step": "",
                        "label": "",
                        "value": ""
                    }
                    // On a wide line label and answer stand side by side.
                    readonly property bool inLine: root.inLine
                    implicitHeight: label.height + answer.height
                    readonly property int labelWidth: inLine ? 200 : answer.width

                    objectName: "edit-" + modelData.step
                    visible: index < root.rows.length
                    Accessible.name: modelData.label
                    width: root.side / root.columns
                    height: root.inLine ? root.heightInLine(modelData.value, root.plainHeight) : root.rowHeight
                    flat: true
                    face: "transparent"
                    edgeWidth: 0
                    onTapped: root.visit.edit(modelData.step)

                    Rectangle {
                        visible: row.index % root.lines > 0
                        x: Theme.pad
                        width: parent.width - 2 * x
                        height: Theme.tileEdge
                        color: Theme.line
                    }

                    Words {
                        id: label

                        x: Theme.pad
                        y: row.inLine ? (parent.height - height) / 2 : (parent.height - height - answer.height) / 2
                        width: row.labelWidth
                        text: row.modelData.label
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                        lineHeight: 1
                    }

                    Words {
                        id: answer

                        x: row.inLine ? 234 : Theme.pad
                        y: row.inLine ? (parent.height - height) / 2 : label.y + label.height
                        width: (Theme.portrait ? pencil.x - 10 : parent.width - Theme.pad) - x
                        text: row.modelData.value
                        strong: true
                        font.pixelSize: row.inLine ? (text.length > 50 ? 26 : text.length > 31 ? 28 : 31) : text.length > 34 ? Theme.sized([26, 32, 32], [21, 22, 23]) : text.length > 26 ? Theme.sized([28, 34, 34], [22, 26, 27]) : Theme.sized([31, 40, 44], [24, 28, 31])
                        lineHeight: 1
                        // An e-mail address has no spaces.
                        wrapMode: Text.Wrap
                    }

                    Rectangle {
                        id: pencil

                        anchors.right: parent.right
                        anchors.rightMargin: Theme.pick(22, 14)
                        y: Theme.portrait ? (parent.height - height) / 2 : Math.max(2, label.y - 3)
                        width: row.inLine ? 164 : Theme.sized([164, 190, 210], [52, 54, 56])
                        height: Theme.portrait ? Theme.sized([54, 76, 84], [54, 76, 84]) : label.height
                        radius: height / 2
                        color: Theme.seaTint
                        border.width: Theme.contrast ? Theme.keyEdge : 0
                        border.color: Theme.ink

                        Row {
                            anchors.centerIn: parent
                            spacing: 14

                            Icon {
                                name: "pencil-simple"
                                size: Theme.pick(34, 24)
                                anchors.verticalCenter: parent.verticalCenter
                            }

                            Words {
                                visible: Theme.portrait
                                text: Texts.say("common.change")
                                strong: true
                                color: Theme.sea
                                font.pixelSize: Theme.small
                                lineHeight: 1
                                anchors.verticalCenter: parent.verticalCenter
                            }
                        }
                    }
                }
            }
        }
    }

    Column {
        visible: root.showsEnd
        x: Theme.portrait || root.split ? 0 : root.side + 26
        y: root.split || !Theme.portrait ? 0 : card.height + 16
        width: root.workWidth - x
        spacing: root.split ? Theme.pick(26, 16) : Theme.pick(16, 12)

        Total {
            width: parent.width
            height: implicitHeight
            beside: root.inLine
            title: root.visit.review.title
            line: Texts.say(Theme.portrait && !root.split ? "review.paid_later" : "review.paid_later_short")
            amount: root.visit.review.amount
            amountSize: root.split ? Theme.total : Theme.pick(62, 42)
        }

        Words {
            width: parent.width
            height: Math.max(implicitHeight, Theme.pick(36, 26))
            text: root.visit.review.complaint
            strong: true
            color: Theme.brick
            font.pixelSize: Theme.sized([31, 38, 42], [22, 26, 30])
            lineHeight: 1
        }

        Repeater {
            model: ["data_true", "working_and_fit", "send_to_bpjs"]

            Tick {
                required property string modelData

                objectName: "tick-" + modelData
                width: parent.width
                height: Theme.sized([root.split ? 150 : Math.min(100, 86 + root.spare / 3), 190, 230], [96, 84, 84])
                sentence: Texts.say("review.declaration." + modelData)
                ticked: root.visit.review.ticked.includes(modelData)
                missing: root.visit.review.complaint !== ""
                onTapped: root.visit.review.toggle(modelData)
            }
        }
    }
}
