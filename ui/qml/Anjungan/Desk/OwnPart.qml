pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What is changed at this kiosk beyond settings: an editor, above it what is to be seen to, and
// below it who changed last what is chosen.
Item {
    id: root

    required property DeskModel desk
    readonly property OwnPartsModel parts: desk.settings.parts

    Item {
        id: above

        x: 24
        y: 12
        width: parent.width - 48
        height: note.visible ? Math.max(note.height, drop.visible ? drop.height : 0) : 0

        Warning {
            id: note

            objectName: "ownNote"
            width: parent.width - (drop.visible ? drop.width + 12 : 0)
            text: root.parts.note
        }

        DeskKey {
            id: drop

            objectName: "dropMisfits"
            visible: root.parts.mayDrop
            anchors.right: parent.right
            anchors.verticalCenter: note.verticalCenter
            height: 50
            icon: "x"
            text: Texts.say("parts.own.drop")
            onTapped: root.parts.dropMisfits()
        }
    }

    Loader {
        y: above.height > 0 ? above.y + above.height : 0
        width: parent.width
        height: (below.visible ? below.y : parent.height) - y
        sourceComponent: ({
                "texts": texts,
                "work": work,
                "columns": columns
            })[root.parts.group] ?? null
    }

    Item {
        id: below

        visible: root.parts.last !== "" && !root.desk.filling
        x: 24
        y: parent.height - height - 12
        width: parent.width - 48
        height: 50

        DeskText {
            objectName: "ownLast"
            width: parent.width - undo.width - 16
            text: root.parts.last
            color: Theme.inkSoft
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }

        DeskKey {
            id: undo

            objectName: "undoPart"
            anchors.right: parent.right
            height: parent.height
            icon: "arrow-counter-clockwise"
            text: Texts.say("setting.undo")
            onTapped: root.parts.undo()
        }
    }

    Component {
        id: texts

        SentencesPart {
            sentences: root.parts.sentences
            filling: root.desk.filling
            form: root.desk.form
        }
    }

    Component {
        id: work

        SegmentsPart {
            segments: root.parts.segments
            locked: root.parts.locked
            filling: root.desk.filling
            form: root.desk.form
        }
    }

    Component {
        id: columns

        ColumnsPart {
            columns: root.parts.columns
            locked: root.parts.locked
            filling: root.desk.filling
            form: root.desk.form
        }
    }
}
