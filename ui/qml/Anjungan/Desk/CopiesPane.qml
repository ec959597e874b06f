pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// How the record stands; or a copy, what its trial proved, and what restoring from it means.
Item {
    id: root

    required property CopiesModel copies
    readonly property bool ofCopy: copies.title !== ""

    DeskText {
        id: title

        objectName: "copiesTitle"
        width: parent.width
        text: root.ofCopy ? root.copies.title : Texts.say("desk.copies.record")
        strong: true
        font.pixelSize: 24
        elide: Text.ElideMiddle
        wrapMode: Text.NoWrap
    }

    Rectangle {
        id: trouble

        visible: root.copies.problem !== ""
        y: title.height + 14
        width: parent.width
        height: visible ? wrong.height + 28 : 0
        radius: 10
        color: Theme.brickTint
        border.width: Theme.contrast ? 2 : 0
        border.color: Theme.brick

        Icon {
            x: 14
            name: "warning"
            size: 26
            ink: Theme.brick
            fill: Theme.brickTint
            anchors.verticalCenter: parent.verticalCenter
        }

        DeskText {
            id: wrong

            objectName: "copiesProblem"
            x: 52
            width: parent.width - 68
            text: root.copies.problem
            strong: true
            color: Theme.brick
            anchors.verticalCenter: parent.verticalCenter
        }
    }

    Column {
        visible: !root.ofCopy
        y: trouble.y + trouble.height + 14
        width: parent.width
        spacing: 18

        KnownFacts {
            width: parent.width
            facts: root.copies.facts
        }

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.line
        }

        DeskText {
            width: Math.min(parent.width, 640)
            text: Texts.say("desk.copies.about")
            font.pixelSize: 18
            lineHeight: 1.2
        }

        DeskText {
            width: Math.min(parent.width, 640)
            text: Texts.say("desk.copies.about_keys")
            font.pixelSize: 18
            strong: true
            lineHeight: 1.2
        }
    }

    Column {
        visible: root.ofCopy && !root.copies.asking
        y: trouble.y + trouble.height + 14
        width: parent.width
        spacing: 14

        DeskText {
            visible: root.copies.trying || root.copies.restoring
            objectName: "copiesWorking"
            width: parent.width
            text: Texts.say(root.copies.restoring ? "desk.copies.restoring" : "desk.copies.trying")
            color: Theme.inkSoft
            font.pixelSize: 20
        }

        Row {
            visible: root.copies.tried !== "" && !root.copies.restoring
            width: parent.width
            spacing: 14

            ToneSign {
                name: "check-circle"
                tone: "leaf"
            }

            DeskText {
                objectName: "copyTried"
                width: parent.width - 48
                text: root.copies.tried
                font.pixelSize: 20
                lineHeight: 1.2
            }
        }
    }

    Column {
        visible: root.copies.asking
        y: trouble.y + trouble.height + 14
        width: parent.width
        spacing: 12

        DeskText {
            objectName: "restoreQuestion"
            width: parent.width
            text: Texts.say("desk.copies.question")
            strong: true
            font.pixelSize: 22
        }

        Repeater {
            model: root.copies.consequences

            Row {
                id: line

                required property string modelData

                width: parent.width
                spacing: 12

                ToneSign {
                    name: "info"
                    tone: "amber"
                    size: 26
                }

                DeskText {
                    width: line.width - 38
                    text: line.modelData
                    font.pixelSize: 18
                }
            }
        }
    }

    Item {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 54

        DeskKey {
            objectName: "askRestore"
            visible: root.ofCopy && root.copies.mayRestore
            height: parent.height
            icon: "arrow-counter-clockwise"
            text: Texts.say("desk.copies.restore")
            textSize: 17
            onTapped: root.copies.ask()
        }

        DeskKey {
            objectName: "dontRestore"
            visible: root.copies.asking
            height: parent.height
            icon: "x"
            text: Texts.say("desk.cancel")
            textSize: 17
            onTapped: root.copies.dontRestore()
        }

        DeskMainKey {
            objectName: "restoreCopy"
            visible: root.copies.asking
            anchors.right: parent.right
            height: parent.height
            icon: "check"
            text: Texts.say("desk.copies.confirm")
            onTapped: root.copies.restore()
        }
    }
}
