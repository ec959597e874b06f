pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// How many months, and what each of them costs: cards for a few, a table for many.
StepScreen {
    id: root

    // In the largest text months that cost the same share a line.
    readonly property var rows: Theme.largest ? visit.months.groups : visit.months.rows
    readonly property bool any: rows.length > 0
    readonly property bool asTable: rows.length > 3 || Theme.textStep > 0 || !Theme.portrait
    readonly property int side: Theme.pick(workWidth, 620)
    readonly property int detailX: Theme.pick(0, side + 26)

    Row {
        id: periods

        spacing: Theme.pick(16, 12)

        Repeater {
            model: root.visit.months.periods

            Option {
                required property int modelData

                objectName: "months-" + modelData
                width: (root.side - 4 * periods.spacing) / 5
                height: Theme.optionHeight
                pixelSize: Theme.pick(44, 32)
                icon: chosen && Theme.textStep === 0 ? "check" : ""
                text: modelData
                chosen: root.visit.months.chosen === modelData
                onTapped: root.visit.months.choose(modelData)
            }
        }
    }

    // Until something is chosen: why three months in a row matter.
    Banner {
        id: why

        visible: !root.any
        x: root.detailX
        y: Theme.pick(periods.height + 30, 0)
        width: root.workWidth - x
        text: root.visit.programme.death + " " + root.visit.programme.before
    }

    Picture {
        visible: !root.any && !Theme.contrast && !Theme.largest
        x: root.detailX
        y: why.y + why.height + Theme.gap
        width: root.workWidth - x
        height: root.workHeight - y - Theme.pick(60, 10)
        name: "jkm"
    }

    Column {
        id: detail

        visible: root.any
        x: root.detailX
        y: Theme.pick(periods.height + 26, 0)
        width: root.workWidth - x
        spacing: Theme.pick(14, 10)

        Words {
            visible: !Theme.largest
            text: Texts.say("months.each")
            strong: true
            font.pixelSize: Theme.h3
        }

        Row {
            id: cards

            visible: !root.asTable
            spacing: Theme.gap

            Repeater {
                model: root.asTable ? [] : root.rows

                Rectangle {
                    id: month

                    required property var modelData

                    width: (detail.width - cards.spacing * (root.rows.length - 1)) / root.rows.length
                    height: 292
                    radius: Theme.radius
                    color: Theme.card
                    border.width: Theme.tileEdge
                    border.color: Theme.line

                    Column {
                        x: 26
                        y: 28
                        width: parent.width - 52
                        spacing: 16

                        Words {
                            width: parent.width
                            text: month.modelData.month
                            strong: true
                            color: Theme.inkSoft
                            font.pixelSize: Theme.small
                        }

                        Rectangle {
                            width: parent.width
                            height: 26
                            radius: 8
                            color: Theme.card
                            border.width: Theme.keyEdge
                            border.color: Theme.line

                            Rectangle {
                                width: parent.width * month.modelData.share_percent / 100
                                height: parent.height
                                radius: 8
                                color: Theme.kunyit
                                border.width: Theme.keyEdge
                                border.color: Theme.kunyitEdge
                            }
                        }

                        Words {
                            text: month.modelData.pay
                            strong: true
                            font.pixelSize: Theme.h2
                            lineHeight: 1
                        }

                        Words {
                            width: parent.width
                            text: month.modelData.share_percent < 100 ? Texts.say("months.usual", {
                                "amount": month.modelData.usual
                            }) : Texts.say("months.relief_over")
                            color: Theme.inkSoft
                            font.pixelSize: Theme.small
                        }
                    }
                }
            }
        }

        Rectangle {
            visible: root.asTable
            width: parent.width
            height: table.height + Theme.pick(24, 16)
            radius: Theme.radius
            color: Theme.card
            border.width: Theme.tileEdge
            border.color: Theme.line

            Column {
                id: table

                readonly property int most: Theme.portrait ? bottom.y - detail.y - detail.spacing * 3 - note.height - Theme.sized([66, 76, 30], [0, 0, 0]) : root.workHeight - Theme.sized([0, 0, 0], [64, 68, 30]) - (note.underPeriods ? 0 : note.height)
                readonly property int rowHeight: Math.min(Theme.pick(66, 56), most / (root.rows.length + 1))

                x: Theme.pick(30, 20)
                y: Theme.pick(12, 8)
                width: parent.width - 2 * x

                Repeater {
                    model: root.asTable ? [
                        {
                            "month": Texts.say("months.column_month"),
                            "usual": Theme.largest ? "" : Texts.say("months.column_usual"),
                            "pay": Texts.say("months.column_pay"),
                            "share_percent": 100
                        }
                    ].concat(root.rows) : []

                    Item {
                        id: row

                        required property var modelData
                        required property int index
                        readonly property bool head: index === 0
                        readonly property int textSize: Math.min(Theme.pick(Theme.small, 28), table.rowHeight - 4)

                        width: table.width
                        height: table.rowHeight

                        Rectangle {
                            visible: row.index > 1
                            width: parent.width
                            height: 1
                            color: Theme.line
                        }

                        Words {
                            anchors.verticalCenter: parent.verticalCenter
                            text: row.modelData.month
                            color: row.head ? Theme.inkSoft : Theme.ink
                            font.pixelSize: row.textSize
                            lineHeight: 1
                        }

                        Words {
                            anchors.verticalCenter: parent.verticalCenter
                            anchors.right: parent.right
                            anchors.rightMargin: Theme.sized([290, 300, 320], [220, 220, 230])
                            text: row.modelData.usual
                            color: Theme.inkSoft
                            font.pixelSize: row.textSize
                            lineHeight: 1
                        }

                        Rectangle {
                            visible: row.modelData.share_percent < 100 && !Theme.largest
                            anchors.verticalCenter: parent.verticalCenter
                            x: parent.width - Theme.pick(250, 195)
                            width: Theme.pick(40, 30)
                            height: Theme.pick(16, 12)
                            radius: 6
                            color: Theme.kunyit
                            border.width: Theme.tileEdge
                            border.color: Theme.kunyitEdge
                        }

                        Words {
                            anchors.verticalCenter: parent.verticalCenter
                            anchors.right: parent.right
                            text: row.modelData.pay
                            strong: true
                            color: row.head ? Theme.inkSoft : Theme.ink
                            font.pixelSize: row.textSize
                            lineHeight: 1
                        }
                    }
                }
            }
        }
    }

    Words {
        id: note

        visible: root.any
        // On a lying screen it stands on the side that has room.
        readonly property bool underPeriods: !Theme.portrait && !Theme.largest

        x: underPeriods ? 0 : root.detailX
        y: underPeriods ? periods.height + 10 : detail.y + detail.height + Theme.pick(14, 10)
        width: underPeriods ? root.side : detail.width
        text: root.visit.months.note
        color: Theme.inkSoft
        font.pixelSize: Theme.sized([28, 34, 39], [22, 22, 31])
        lineHeight: 1.12
    }

    Column {
        id: bottom

        visible: root.any
        y: root.workHeight - height
        width: root.side
        spacing: Theme.pick(16, 12)

        Rectangle {
            width: parent.width
            height: later.height + Theme.pick(30, 20)
            radius: Theme.radius
            color: Theme.sand
            border.width: Theme.contrast ? Theme.keyEdge : 0
            border.color: Theme.ink

            Column {
                id: later

                x: Theme.pad
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - 2 * x
                spacing: Theme.pick(6, 2)

                Item {
                    width: parent.width
                    height: Math.max(when.height, laterAmount.height)

                    Words {
                        id: when

                        width: parent.width - laterAmount.width - 16
                        anchors.verticalCenter: parent.verticalCenter
                        text: root.visit.months.later
                        strong: true
                    }

                    Words {
                        id: laterAmount

                        anchors.verticalCenter: parent.verticalCenter
                        anchors.right: parent.right
                        text: root.visit.months.laterAmount
                        strong: true
                        font.pixelSize: Theme.h2
                        lineHeight: 1
                    }
                }

                Repeater {
                    model: root.asTable ? [] : root.visit.months.laterRows

                    Item {
                        id: laterMonth

                        required property var modelData

                        width: later.width
                        height: 46

                        Words {
                            anchors.verticalCenter: parent.verticalCenter
                            text: laterMonth.modelData.month
                            font.pixelSize: Theme.small
                            lineHeight: 1
                        }

                        Words {
                            anchors.verticalCenter: parent.verticalCenter
                            anchors.right: parent.right
                            text: laterMonth.modelData.pay
                            font.pixelSize: Theme.small
                            lineHeight: 1
                        }
                    }
                }
            }
        }

        Total {
            width: parent.width
            height: implicitHeight
            title: root.visit.months.title
            line: root.visit.months.saved === "" || Theme.textStep > 0 || !Theme.portrait ? root.visit.months.until : root.visit.months.until + "\n" + root.visit.months.saved
            amount: root.visit.months.amount
        }
    }
}
