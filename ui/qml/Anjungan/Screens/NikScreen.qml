pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    keyboard: "pad"

    Column {
        width: root.workWidth
        spacing: Theme.pick(18, 14)

        KtpHint {
            visible: Theme.pick(Theme.textStep < 2, Theme.textStep < 1)
            width: parent.width
            mark: "NIK 3604…"
            markedLine: 0
            text: root.visit.lead
        }

        Item {
            width: parent.width
            height: Theme.pick(70, 60)

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: Texts.say("nik.label")
                strong: true
                font.pixelSize: Theme.h3
                lineHeight: 1
            }

            Row {
                anchors.right: hide.left
                anchors.rightMargin: Theme.pick(26, 18)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.pick(14, 8)

                Icon {
                    visible: root.visit.nik.complete
                    name: "check-circle"
                    size: Theme.pick(42, 28)
                    ink: Theme.leaf
                    fill: Theme.leafFill
                    anchors.verticalCenter: parent.verticalCenter
                }

                Words {
                    text: root.visit.nik.count
                    strong: true
                    color: root.visit.nik.complete ? Theme.leaf : Theme.inkSoft
                    font.pixelSize: Theme.small
                    anchors.verticalCenter: parent.verticalCenter
                    lineHeight: 1
                }
            }

            Key {
                id: hide

                objectName: "hideNik"
                anchors.right: parent.right
                width: Theme.sized([264, 300, 330], [206, 230, 260])
                height: parent.height
                flat: true
                radius: height / 2
                icon: root.visit.nik.hidden ? "eye" : "eye-slash"
                iconSize: Theme.pick(40, 30)
                strong: false
                pixelSize: Theme.small
                edge: Theme.quietEdge
                text: Texts.say(root.visit.nik.hidden ? "nik.show" : "nik.hide")
                onTapped: root.visit.nik.toggleHidden()
            }
        }

        DigitCells {
            label: Texts.say("nik.label")
            width: parent.width
            digits: root.visit.nik.digits
            hidden: root.visit.nik.hidden
            wrong: root.visit.nik.wrong
        }

        Rectangle {
            visible: root.visit.nik.kind === "facts"
            width: parent.width
            height: facts.height + Theme.pick(44, 30)
            radius: Theme.radius
            color: Theme.leafTint
            border.width: Theme.contrast ? Theme.keyEdge : 0
            border.color: Theme.leaf

            Column {
                id: facts

                x: Theme.pad
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - 2 * x
                spacing: Theme.pick(10, 6)

                Words {
                    text: root.visit.nik.title
                    strong: true
                    color: Theme.leaf
                    font.pixelSize: Theme.small
                    lineHeight: 1
                }

                Repeater {
                    model: [[root.visit.nik.isFemale ? "gender-female" : "gender-male", root.visit.nik.sex], ["calendar-blank", root.visit.nik.born], ["map-pin", root.visit.nik.issued]]

                    Row {
                        id: fact

                        required property var modelData

                        spacing: Theme.pick(24, 14)

                        Icon {
                            id: sign

                            name: fact.modelData[0]
                            size: Theme.pick(42, 30)
                            ink: Theme.leaf
                            fill: Theme.leafFill
                            anchors.verticalCenter: parent.verticalCenter
                        }

                        Words {
                            text: fact.modelData[1]
                            strong: true
                            anchors.verticalCenter: parent.verticalCenter
                            width: facts.width - sign.width - fact.spacing
                        }
                    }
                }
            }
        }

        Banner {
            visible: kind === "wrong" || kind === "look"
            width: parent.width
            kind: root.visit.nik.kind
            title: root.visit.nik.title
            text: root.visit.nik.text
        }
    }

    keys: NumberPad {
        anchors.fill: parent
        onTyped: digits => root.visit.nik.type(digits)
        onDeleted: root.visit.nik.erase()
        onCleared: root.visit.nik.clear()
    }
}
