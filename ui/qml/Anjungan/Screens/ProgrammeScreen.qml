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
            height: 290
            picture: "jkk"
            title: Texts.say("programme.basic")
            line: Texts.say("programme.basic_code")
            amount: root.visit.programme.basicAmount
            amountLine: root.visit.programme.basicUsual
            chosen: root.visit.programme.chosen === "JKK+JKM"
            onTapped: root.visit.programme.choose("JKK+JKM")
        }

        Choice {
            objectName: "programme-JKK+JKM+JHT"
            width: Theme.width
            height: 290
            picture: "jht"
            title: Texts.say("programme.savings")
            line: root.visit.programme.savingsLine
            amount: root.visit.programme.savingsAmount
            amountLine: root.visit.programme.savingsUsual
            chosen: root.withSavings
            onTapped: root.visit.programme.choose("JKK+JKM+JHT")
        }

        Banner {
            visible: root.visit.programme.notice !== ""
            width: Theme.width
            kind: "look"
            text: root.visit.programme.notice
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

                Row {
                    id: line

                    required property string modelData

                    spacing: 22

                    Icon {
                        name: "check-circle"
                        size: 42
                        ink: Theme.leaf
                        fill: Theme.leafTint
                    }

                    Words {
                        width: gets.width - 70
                        text: line.modelData
                        font.pixelSize: 31
                    }
                }
            }
        }
    }
}
