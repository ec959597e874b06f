import QtQuick
import Anjungan.Look

// How far the printed reminder has come, in words from facts, and its sums once more.
MessageScreen {
    id: root

    readonly property var reminder: visit.pay.reminder

    icon: "printer"
    heading: Texts.say("reminder.print_" + visit.pay.printed)
    sentence: visit.pay.printLead

    Banner {
        visible: Theme.portrait && Theme.textStep === 0
        x: Theme.margin
        y: sums.y - height - Theme.gap
        width: Theme.width
        text: Texts.say("pay.bring")
    }

    Column {
        id: sums

        x: Theme.pick(Theme.margin, 600)
        y: Theme.workBottom - height
        width: Theme.sheetWidth - Theme.margin - x
        spacing: Theme.pick(16, 12)

        Rectangle {
            width: parent.width
            height: Math.max(when.height, laterAmount.height) + Theme.pick(44, 24)
            radius: Theme.radius
            color: Theme.sand
            border.width: Theme.contrast ? Theme.keyEdge : 0
            border.color: Theme.ink

            Words {
                id: when

                x: Theme.pad
                width: laterAmount.x - x - 16
                anchors.verticalCenter: parent.verticalCenter
                text: root.reminder.later
                strong: true
                font.pixelSize: Theme.sized([33, 40, 46], [23, 28, 28])
            }

            Words {
                id: laterAmount

                anchors.verticalCenter: parent.verticalCenter
                anchors.right: parent.right
                anchors.rightMargin: Theme.pad
                text: root.reminder.later_amount
                strong: true
                font.pixelSize: Theme.h2
                lineHeight: 1
            }
        }

        Total {
            width: parent.width
            height: implicitHeight
            title: root.reminder.title
            line: root.reminder.until
            amount: root.reminder.amount
        }
    }

    MainKey {
        objectName: "reminderSeen"
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        width: Theme.nextWidth
        height: Theme.navHeight
        icon: "check"
        text: Texts.say("done.finish")
        onTapped: root.visit.leave()
    }
}
