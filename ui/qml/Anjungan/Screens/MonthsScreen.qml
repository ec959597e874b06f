pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property var rows: visit.months.rows
    readonly property bool asTable: rows.length > 3

    Row {
        x: Theme.margin
        y: 414
        spacing: 16

        Repeater {
            model: root.visit.months.periods

            Option {
                required property int modelData

                objectName: "months-" + modelData
                width: (Theme.width - 4 * 16) / 5
                height: 112
                pixelSize: 44
                text: modelData
                chosen: root.visit.months.chosen === modelData
                onTapped: root.visit.months.choose(modelData)
            }
        }
    }

    Words {
        visible: root.rows.length > 0
        x: Theme.margin
        y: 556
        text: Texts.say("months.each")
        strong: true
        font.pixelSize: Theme.h3
    }

    Row {
        id: cards

        visible: !root.asTable
        x: Theme.margin
        y: 622
        spacing: 20

        Repeater {
            model: root.asTable ? [] : root.rows

            Rectangle {
                id: month

                required property var modelData

                width: (Theme.width - cards.spacing * (root.rows.length - 1)) / root.rows.length
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
        x: Theme.margin
        y: 612
        width: Theme.width
        height: table.height + 24
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            id: table

            x: 30
            y: 12
            width: parent.width - 60

            Repeater {
                model: root.asTable ? [
                    {
                        "month": Texts.say("months.column_month"),
                        "usual": Texts.say("months.column_usual"),
                        "pay": Texts.say("months.column_pay"),
                        "share_percent": 100,
                        "head": true
                    }
                ].concat(root.rows) : []

                Item {
                    id: row

                    required property var modelData
                    required property int index
                    readonly property bool head: index === 0

                    width: table.width
                    height: root.rows.length > 6 ? 42 : 66

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
                        font.pixelSize: Theme.small
                        lineHeight: 1
                    }

                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.right: parent.right
                        anchors.rightMargin: 290
                        text: row.modelData.usual
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                        lineHeight: 1
                    }

                    Rectangle {
                        visible: row.modelData.share_percent < 100
                        anchors.verticalCenter: parent.verticalCenter
                        x: parent.width - 250
                        width: 40
                        height: 16
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
                        font.pixelSize: row.head ? Theme.small : 31
                        lineHeight: 1
                    }
                }
            }
        }
    }

    Words {
        visible: root.rows.length > 0
        x: Theme.margin
        y: root.asTable ? 612 + table.height + 32 : 932
        width: Theme.width
        text: root.visit.months.note
        color: Theme.inkSoft
        font.pixelSize: Theme.small
    }

    Rectangle {
        visible: root.rows.length > 0
        x: Theme.margin
        y: 1400 - 20 - height
        width: Theme.width
        height: later.height + 30
        radius: Theme.radius
        color: Theme.sand
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Column {
            id: later

            x: 36
            y: 15
            width: parent.width - 72
            spacing: 6

            Item {
                width: parent.width
                height: 56

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.visit.months.later
                    strong: true
                    lineHeight: 1
                }

                Words {
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
        visible: root.rows.length > 0
        x: Theme.margin
        y: 1400
        width: Theme.width
        height: 212
        title: root.visit.months.title
        line: root.visit.months.saved === "" ? root.visit.months.until : root.visit.months.until + "\n" + root.visit.months.saved
        amount: root.visit.months.amount
    }
}
