pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    readonly property bool withSavings: visit.programme.chosen === "JKK+JKM+JHT"
    readonly property bool alone: visit.programme.compulsorySavings
    readonly property int eachHeight: Theme.pick(Theme.sized([318, 280, 450], [0, 0, 0]), (workHeight - Theme.gap) / 2)
    readonly property int side: Theme.pick(workWidth, 640)

    Column {
        id: choices

        width: root.side
        spacing: Theme.gap

        Choice {
            objectName: "programme-JKK+JKM"
            visible: !root.alone
            width: parent.width
            height: root.eachHeight
            picture: "jkk"
            title: Texts.say("programme.basic")
            line: Texts.say("programme.basic_code")
            amount: root.visit.programme.basicAmount
            amountLine: root.visit.programme.basicUntil
            chosen: root.visit.programme.chosen === "JKK+JKM"
            onTapped: root.visit.programme.choose("JKK+JKM")
        }

        Choice {
            objectName: "programme-JKK+JKM+JHT"
            width: parent.width
            height: root.alone ? Theme.pick(420, 360) : root.eachHeight
            picture: "jht"
            title: Texts.say("programme.savings")
            line: root.visit.programme.savingsLine
            amount: root.visit.programme.savingsAmount
            amountLine: root.visit.programme.savingsUntil
            chosen: root.withSavings
            onTapped: root.visit.programme.choose("JKK+JKM+JHT")
        }
    }

    Banner {
        visible: !details.visible && root.visit.programme.notice !== ""
        y: choices.height + Theme.gap
        width: root.side
        kind: "look"
        text: root.visit.programme.notice
    }

    Rectangle {
        id: details

        // In the largest text on an upright screen there is room for the choice only.
        visible: root.alone || !(Theme.largest && Theme.portrait)
        x: Theme.pick(0, root.side + 26)
        y: Theme.pick(root.workHeight - height, 0)
        width: root.workWidth - x
        height: gets.height + Theme.pick(56, 40)
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            id: gets

            x: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 2 * x
            spacing: Theme.pick(Theme.textStep > 0 ? 6 : 10, 8)

            Words {
                text: Texts.say("programme.family_gets")
                strong: true
                font.pixelSize: Theme.h3
            }

            Repeater {
                model: [root.visit.programme.care, root.visit.programme.death, root.visit.programme.before].concat(root.withSavings ? [root.visit.programme.savings] : [])

                Line {
                    required property string modelData

                    text: modelData
                }
            }

            Line {
                visible: text !== ""
                text: root.visit.programme.notice
                sign: "warning"
                ink: Theme.amber
                fill: Theme.iconFill
            }
        }
    }

    component Line: Row {
        id: line

        property string text: ""
        property string sign: "check-circle"
        property color ink: Theme.leaf
        property color fill: Theme.leafFill

        spacing: Theme.pick(22, 14)

        Icon {
            id: mark

            name: line.sign
            size: Theme.pick(42, 30)
            ink: line.ink
            fill: line.fill
        }

        Words {
            width: gets.width - mark.width - line.spacing
            text: line.text
            font.pixelSize: Theme.sized([31, 34, 38], [22, 23, 25])
        }
    }
}
