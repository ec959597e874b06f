pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property bool dating: visit.name.dating

    KtpHint {
        x: Theme.margin
        y: 352
        width: Theme.width
        mark: root.dating ? Texts.say("name.birth_date") : Texts.say("review.name")
        markedLine: root.dating ? 2 : 1
        text: root.dating ? Texts.say("name.birth_date_hint") : root.visit.lead
    }

    Field {
        visible: !root.dating
        x: Theme.margin
        y: 552
        width: Theme.width
        label: Texts.say("name.label")
        text: root.visit.name.name
        active: true
        wrong: root.visit.problem !== ""
    }

    Rectangle {
        visible: !root.dating
        x: Theme.margin
        y: 762
        width: Theme.width
        height: 146
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Icon {
            x: 40
            anchors.verticalCenter: parent.verticalCenter
            name: "calendar-blank"
            size: 64
        }

        Column {
            x: 132
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            Words {
                text: Texts.say(root.visit.name.typedDate === "" ? "name.birth_date_from_nik" : "name.birth_date")
                color: Theme.inkSoft
                font.pixelSize: Theme.small
            }

            Words {
                text: root.visit.name.birthDate
                strong: true
                font.pixelSize: 40
            }
        }

        Key {
            objectName: "changeBirthDate"
            anchors.right: parent.right
            anchors.rightMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            width: 208
            height: 98
            edge: Theme.quietEdge
            ledge: Theme.quietEdge
            icon: "pencil-simple"
            text: Texts.say("common.change")
            pixelSize: 32
            onTapped: root.visit.name.changeDate()
        }
    }

    Field {
        visible: root.dating
        x: Theme.margin
        y: 552
        width: Theme.width
        label: Texts.say("name.birth_date_parts")
        text: root.visit.name.typedDate
        after: root.visit.name.birthDate
        active: true
        wrong: root.visit.problem !== ""
    }

    Key {
        objectName: "backToName"
        visible: root.dating
        x: Theme.margin
        y: 772
        width: 360
        height: 104
        edge: Theme.quietEdge
        ledge: Theme.quietEdge
        text: Texts.say("name.back_to_name")
        pixelSize: 32
        onTapped: root.visit.name.changeName()
    }

    Row {
        x: Theme.margin
        y: 924
        width: Theme.width
        spacing: 18
        visible: message.text !== ""

        Icon {
            name: root.visit.problem !== "" ? "warning-circle" : "warning"
            size: 48
            ink: message.color
            fill: Theme.iconFill
        }

        Words {
            id: message

            width: Theme.width - 70
            text: root.visit.problem !== "" ? root.visit.problem : root.visit.name.notice
            strong: true
            color: root.visit.problem !== "" ? Theme.brick : Theme.amber
            font.pixelSize: 31
        }
    }

    LetterBoard {
        visible: !root.dating
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        onTyped: letter => root.visit.name.type(letter)
        onDeleted: root.visit.name.erase()
    }

    NumberPad {
        visible: root.dating
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        onTyped: digits => root.visit.name.typeDate(digits)
        onDeleted: root.visit.name.eraseDate()
        onCleared: root.visit.name.clearDate()
    }
}
