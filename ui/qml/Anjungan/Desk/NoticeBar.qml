import QtQuick
import Anjungan.Look
import Anjungan.Models

// What was just done or found, in one line; a genuine slip is followed by a question.
Rectangle {
    id: root

    required property DeskModel desk
    required property bool upright
    readonly property color ink: desk.noticeBad ? Theme.brick : Theme.leaf
    readonly property bool below: upright && answers.visible
    readonly property real line: answers.visible && !below ? Math.max(told.height, answers.height) : told.height

    visible: desk.notice !== ""
    height: line + 24 + (below ? answers.height + 12 : 0)
    radius: 10
    color: desk.noticeBad ? Theme.brickTint : Theme.leafTint
    border.width: 2
    border.color: ink

    Icon {
        x: 14
        anchors.verticalCenter: told.verticalCenter
        name: root.desk.noticeBad ? "warning" : "check-circle"
        size: 26
        ink: root.ink
        fill: root.color
    }

    DeskText {
        id: told

        x: 52
        y: 12 + (root.line - height) / 2
        width: answers.visible && !root.below ? answers.x - x - 16 : parent.width - 68
        text: root.desk.notice
        strong: true
        color: root.ink
    }

    Row {
        id: answers

        visible: root.desk.nameCheck.asked
        x: root.below ? 52 : parent.width - width - 16
        y: root.below ? root.line + 24 : 12 + (root.line - height) / 2
        spacing: 16

        DeskKey {
            objectName: "nameSame"
            icon: "check"
            text: Texts.say("desk.name_same")
            onTapped: root.desk.nameCheck.same()
        }

        DeskKey {
            objectName: "nameDiffers"
            icon: "x"
            text: Texts.say("desk.name_differs")
            onTapped: root.desk.nameCheck.differs()
        }
    }
}
