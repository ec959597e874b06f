pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Letters for the name; after "Ubah" digits for the birth date, on the pad.
StepScreen {
    id: root

    readonly property bool dating: visit.name.dating

    keyboard: dating ? "pad" : "board"

    Column {
        id: column

        width: root.workWidth
        spacing: Theme.pick(18, 12)

        KtpHint {
            visible: Theme.portrait && !Theme.largest
            width: parent.width
            mark: root.dating ? Texts.say("name.birth_date") : Texts.say("review.name")
            markedLine: root.dating ? 2 : 1
            text: root.dating ? Texts.say("name.birth_date_hint") : root.visit.lead
        }

        Flow {
            width: parent.width
            spacing: Theme.pick(18, 16)

            Field {
                visible: !root.dating
                width: Theme.pick(parent.width, 780)
                Accessible.name: Texts.say("name.label")
                label: Theme.portrait || Theme.textStep === 0 ? Texts.say("name.label") : ""
                text: root.visit.name.name
                active: true
                wrong: root.visit.problem !== ""
            }

            Rectangle {
                visible: !root.dating
                width: Theme.pick(parent.width, parent.width - 796)
                height: Theme.pick(140, 116)
                radius: Theme.radius
                color: Theme.card
                border.width: Theme.tileEdge
                border.color: Theme.line

                Icon {
                    id: calendar

                    visible: Theme.portrait
                    x: 36
                    anchors.verticalCenter: parent.verticalCenter
                    name: "calendar-blank"
                    size: 64
                }

                Column {
                    x: calendar.visible ? 124 : 20
                    width: change.x - x - 10
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 2

                    Words {
                        width: parent.width
                        text: Texts.say(root.visit.name.typedDate === "" && Theme.portrait && Theme.textStep === 0 ? "name.birth_date_from_nik" : "name.birth_date")
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                        lineHeight: 1
                    }

                    Words {
                        width: parent.width
                        text: root.visit.name.birthDate
                        strong: true
                        font.pixelSize: Theme.sized([40, 44, 46], [26, 28, 30])
                    }
                }

                Key {
                    id: change

                    objectName: "changeBirthDate"
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.pick(24, 14)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.sized([208, 240, 256], [150, 160, 172])
                    height: Theme.pick(98, 76)
                    edge: Theme.quietEdge
                    ledge: Theme.quietEdge
                    icon: "pencil-simple"
                    iconSize: Theme.pick(40, 28)
                    text: Texts.say("common.change")
                    pixelSize: Theme.sized([32, 38, 42], [23, 25, 27])
                    onTapped: root.visit.name.changeDate()
                }
            }

            DigitCells {
                visible: root.dating
                width: parent.width
                label: Texts.say("name.birth_date")
                groups: [2, 2, 4]
                captions: [Texts.say("name.birth_day"), Texts.say("name.birth_month"), Texts.say("name.birth_year")]
                digits: root.visit.name.typedDate
                wrong: root.visit.problem !== "" ? [1, 3, 5] : []
            }

            Words {
                visible: root.dating && text !== ""
                width: parent.width
                text: root.visit.name.birthDate
                strong: true
                color: Theme.leaf
                font.pixelSize: Theme.h2
                lineHeight: 1
            }

            Key {
                objectName: "backToName"
                visible: root.dating
                width: Theme.sized([360, 420, 460], [280, 300, 330])
                height: Theme.pick(104, 80)
                edge: Theme.quietEdge
                ledge: Theme.quietEdge
                text: Texts.say("name.back_to_name")
                pixelSize: Theme.sized([32, 38, 42], [24, 27, 30])
                onTapped: root.visit.name.changeName()
            }
        }

        Row {
            visible: message.text !== ""
            width: parent.width
            spacing: Theme.pick(18, 12)

            Icon {
                id: sign

                name: root.visit.problem !== "" ? "warning-circle" : "warning"
                size: Theme.pick(48, 34)
                ink: message.color
            }

            Words {
                id: message

                width: root.workWidth - sign.width - parent.spacing
                text: root.visit.problem !== "" ? root.visit.problem : root.visit.name.notice
                strong: true
                color: root.visit.problem !== "" ? Theme.brick : Theme.amber
                font.pixelSize: Theme.sized([31, 36, 40], [22, 25, 28])
            }
        }
    }

    keys: [
        LetterBoard {
            visible: !root.dating
            anchors.fill: parent
            onTyped: letter => root.visit.name.type(letter)
            onDeleted: root.visit.name.erase()
        },
        NumberPad {
            visible: root.dating
            anchors.fill: parent
            onTyped: digits => root.visit.name.typeDate(digits)
            onDeleted: root.visit.name.eraseDate()
            onCleared: root.visit.name.clearDate()
        }
    ]
}
