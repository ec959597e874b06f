pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property bool withSavings: visit.programme.chosen === "JKK+JKM+JHT"

    Column {
        x: Theme.margin
        y: 414
        spacing: 26

        Choice {
            objectName: "programme-JKK+JKM"
            visible: !root.visit.programme.compulsorySavings
            width: Theme.width
            height: root.visit.programme.compulsorySavings ? 420 : 318
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
            width: Theme.width
            height: root.visit.programme.compulsorySavings ? 420 : 318
            picture: "jht"
            title: Texts.say("programme.savings")
            line: root.visit.programme.savingsLine
            amount: root.visit.programme.savingsAmount
            amountLine: root.visit.programme.savingsUntil
            chosen: root.withSavings
            onTapped: root.visit.programme.choose("JKK+JKM+JHT")
        }
    }

    Rectangle {
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        height: gets.height + 60
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            id: gets

            x: 36
            y: 30
            width: parent.width - 72
            spacing: 14

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
        property color fill: Theme.leafTint

        spacing: 22

        Icon {
            name: line.sign
            size: 42
            ink: line.ink
            fill: line.fill
        }

        Words {
            width: gets.width - 64
            text: line.text
            font.pixelSize: 31
        }
    }
}
