pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    KtpHint {
        x: Theme.margin
        y: 352
        width: Theme.width
        mark: "NIK 3604…"
        markedLine: 0
        text: root.visit.lead
    }

    Words {
        x: Theme.margin
        y: 556
        text: Texts.say("nik.label")
        strong: true
        font.pixelSize: Theme.h3
        lineHeight: 1
    }

    Row {
        anchors.right: hide.left
        anchors.rightMargin: 26
        y: 558
        spacing: 14

        Icon {
            visible: root.visit.nik.complete
            name: "check-circle"
            size: 42
            ink: Theme.leaf
            fill: Theme.leafTint
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
        anchors.rightMargin: Theme.margin
        y: 546
        width: 264
        height: 66
        flat: true
        radius: 33
        icon: root.visit.nik.hidden ? "eye" : "eye-slash"
        strong: false
        pixelSize: Theme.small
        edge: Theme.quietEdge
        text: Texts.say(root.visit.nik.hidden ? "nik.show" : "nik.hide")
        onTapped: root.visit.nik.toggleHidden()
    }

    NikCells {
        x: Theme.margin
        y: 630
        width: Theme.width
        digits: root.visit.nik.digits
        hidden: root.visit.nik.hidden
        wrong: root.visit.nik.wrong
    }

    Rectangle {
        visible: root.visit.nik.kind === "facts"
        x: Theme.margin
        y: 760
        width: Theme.width
        height: 270
        radius: Theme.radius
        color: Theme.leafTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.leaf

        Column {
            x: 32
            y: 24
            width: parent.width - 64
            spacing: 12

            Words {
                text: root.visit.nik.title
                strong: true
                color: Theme.leaf
                font.pixelSize: Theme.small
                lineHeight: 1
            }

            Repeater {
                model: [
                    {
                        "sign": root.visit.nik.isFemale ? "gender-female" : "gender-male",
                        "text": root.visit.nik.sex
                    },
                    {
                        "sign": "calendar-blank",
                        "text": root.visit.nik.born
                    },
                    {
                        "sign": "map-pin",
                        "text": root.visit.nik.issued
                    }
                ]

                Row {
                    id: fact

                    required property var modelData

                    spacing: 24

                    Icon {
                        name: fact.modelData.sign
                        size: 42
                        ink: Theme.leaf
                        fill: Theme.leafFill
                        anchors.verticalCenter: parent.verticalCenter
                    }

                    Words {
                        text: fact.modelData.text
                        strong: true
                        anchors.verticalCenter: parent.verticalCenter
                        width: 830
                        elide: Text.ElideRight
                        maximumLineCount: 1
                    }
                }
            }
        }
    }

    Banner {
        visible: kind === "wrong" || kind === "look"
        x: Theme.margin
        y: 760
        width: Theme.width
        kind: root.visit.nik.kind
        title: root.visit.nik.title
        text: root.visit.nik.text
    }

    NumberPad {
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        onTyped: digits => root.visit.nik.type(digits)
        onDeleted: root.visit.nik.erase()
        onCleared: root.visit.nik.clear()
    }
}
