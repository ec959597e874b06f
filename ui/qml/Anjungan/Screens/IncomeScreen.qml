pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    keyboard: "pad"

    Column {
        width: root.workWidth
        spacing: Theme.pick(Theme.largest ? 16 : 20, 14)

        Row {
            spacing: Theme.gap

            Repeater {
                model: ["day", "week", "month"]

                Option {
                    required property string modelData

                    objectName: "income-" + modelData
                    width: (root.workWidth - 2 * Theme.gap) / 3
                    height: Theme.optionHeight
                    pixelSize: Theme.sized([36, 40, 43], [25, 28, 30])
                    text: Texts.say("income." + modelData)
                    chosen: root.visit.income.period === modelData
                    onTapped: root.visit.income.choosePeriod(modelData)
                }
            }
        }

        Field {
            width: parent.width
            Accessible.name: Texts.say("income.title")
            before: "Rp"
            text: root.visit.income.amount
            after: root.visit.income.unit
            active: true
            wrong: root.visit.income.wrong !== ""
            pixelSize: Theme.pick(66, 46)
        }

        Item {
            visible: root.visit.income.daily
            width: parent.width
            height: Theme.pick(104, 76)

            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: days.x - 10
                text: Texts.say("income.working_days")
                strong: true
                font.pixelSize: Theme.sized([36, 43, 45], [25, 30, 35])
            }

            Row {
                id: days

                anchors.right: parent.right
                spacing: Theme.pick(8, 6)

                Key {
                    objectName: "fewerDays"
                    Accessible.name: Texts.say("income.fewer_days")
                    width: Theme.pick(120, 100)
                    height: Theme.pick(104, 76)
                    icon: "minus"
                    iconSize: Theme.pick(48, 34)
                    onTapped: root.visit.income.addDays(-1)
                }

                Words {
                    width: Theme.pick(150, 110)
                    anchors.verticalCenter: parent.verticalCenter
                    horizontalAlignment: Text.AlignHCenter
                    text: root.visit.income.days
                    strong: true
                    font.pixelSize: Theme.pick(60, 42)
                    lineHeight: 1
                }

                Key {
                    objectName: "moreDays"
                    Accessible.name: Texts.say("income.more_days")
                    width: Theme.pick(120, 100)
                    height: Theme.pick(104, 76)
                    icon: "plus"
                    iconSize: Theme.pick(48, 34)
                    onTapped: root.visit.income.addDays(1)
                }
            }
        }

        Rectangle {
            visible: root.visit.income.about !== ""
            width: parent.width
            height: about.height + Theme.pick(36, 28)
            radius: Theme.radius
            color: Theme.seaTint
            border.width: Theme.contrast ? Theme.keyEdge : 0
            border.color: Theme.ink

            Column {
                id: about

                x: Theme.pad
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - 2 * x
                spacing: Theme.pick(4, 2)

                Words {
                    width: parent.width
                    text: root.visit.income.about
                    strong: true
                    font.pixelSize: Theme.h2
                }

                Words {
                    width: parent.width
                    text: root.visit.income.bracket + "\n" + root.visit.income.kept
                    color: Theme.inkSoft
                    font.pixelSize: Theme.small
                    lineHeight: 1.1
                }
            }
        }

        Banner {
            visible: root.visit.income.wrong !== ""
            width: parent.width
            kind: "wrong"
            title: root.visit.income.wrong
        }
    }

    keys: NumberPad {
        anchors.fill: parent
        thousands: true
        onTyped: digits => root.visit.income.type(digits)
        onDeleted: root.visit.income.erase()
    }
}
