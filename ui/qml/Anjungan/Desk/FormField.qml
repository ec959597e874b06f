pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// One field of a form with its label above, and below it what is wrong or a hint.
Item {
    id: root

    required property FormFieldModel field
    readonly property bool picks: field.kind === "choice"
    readonly property bool ticks: field.kind === "tick"
    // What takes the keyboard's focus.
    readonly property Item entry: body.item as Item

    signal submitted

    implicitHeight: below.y + (below.visible ? below.height : -4)

    DeskText {
        id: caption

        visible: !root.ticks
        width: parent.width
        text: root.field.label
        color: root.field.problem === "" ? Theme.inkSoft : Theme.brick
        font.pixelSize: 16
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }

    Loader {
        id: body

        y: root.ticks ? 0 : caption.height + 5
        width: parent.width
        sourceComponent: root.picks ? choice : root.ticks ? tick : root.field.kind === "ticks" ? several : root.field.kind === "pick" ? pick : root.field.kind === "passage" ? passage : typed
    }

    DeskText {
        id: below

        y: body.y + body.height + 5
        width: parent.width
        visible: text !== ""
        text: root.field.problem === "" ? root.field.hint : root.field.problem
        strong: root.field.problem !== ""
        color: root.field.problem === "" ? Theme.inkSoft : Theme.brick
        font.pixelSize: 16
    }

    Component {
        id: typed

        TypedField {
            field: root.field
            onSubmitted: root.submitted()
        }
    }

    Component {
        id: passage

        PassageField {
            field: root.field
            onSubmitted: root.submitted()
        }
    }

    Component {
        id: choice

        ChoiceField {
            field: root.field
        }
    }

    Component {
        id: pick

        PickField {
            field: root.field
        }
    }

    Component {
        id: several

        TicksField {
            field: root.field
        }
    }

    Component {
        id: tick

        TickField {
            field: root.field
        }
    }
}
