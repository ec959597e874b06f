pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    Row {
        x: Theme.margin
        y: 414
        spacing: 20

        Repeater {
            model: ["day", "week", "month"]

            Option {
                required property string modelData

                objectName: "income-" + modelData
                width: 309
                height: 112
                text: Texts.say("income." + modelData)
                chosen: root.visit.income.period === modelData
                onTapped: root.visit.income.choosePeriod(modelData)
            }
        }
    }

    Field {
        x: Theme.margin
        y: 548
        width: Theme.width
        Accessible.name: Texts.say("income.title")
        before: "Rp"
        text: root.visit.income.amount
        after: root.visit.income.unit
        active: true
        wrong: root.visit.income.wrong !== ""
        pixelSize: 66
    }

    Item {
        visible: root.visit.income.daily
        x: Theme.margin
        y: 696
        width: Theme.width
        height: 104

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: Texts.say("income.working_days")
            strong: true
            font.pixelSize: Theme.h3
        }

        Row {
            anchors.right: parent.right
            spacing: 8

            Key {
                objectName: "fewerDays"
                Accessible.name: "−"
                width: 120
                height: 104
                icon: "minus"
                iconSize: 48
                onTapped: root.visit.income.addDays(-1)
            }

            Words {
                width: 160
                anchors.verticalCenter: parent.verticalCenter
                horizontalAlignment: Text.AlignHCenter
                text: root.visit.income.days
                strong: true
                font.pixelSize: 60
                lineHeight: 1
            }

            Key {
                objectName: "moreDays"
                Accessible.name: "+"
                width: 120
                height: 104
                icon: "plus"
                iconSize: 48
                onTapped: root.visit.income.addDays(1)
            }
        }
    }

    Rectangle {
        visible: root.visit.income.about !== ""
        x: Theme.margin
        y: 822
        width: Theme.width
        height: 196
        radius: Theme.radius
        color: Theme.seaTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Column {
            x: 36
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 72
            spacing: 8

            Words {
                width: parent.width
                text: root.visit.income.about
                strong: true
                font.pixelSize: Theme.h2
            }

            Words {
                width: parent.width
                text: root.visit.income.bracket + "\n" + Texts.say("income.only_bracket")
                color: Theme.inkSoft
                font.pixelSize: Theme.small
            }
        }
    }

    Banner {
        visible: root.visit.income.wrong !== ""
        x: Theme.margin
        y: 842
        width: Theme.width
        kind: "wrong"
        title: root.visit.income.wrong
    }

    NumberPad {
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        thousands: true
        onTyped: digits => root.visit.income.type(digits)
        onDeleted: root.visit.income.erase()
    }
}
