import QtQuick
import Anjungan.Look
import Anjungan.Models

// One line of letters; upright there is room to say where it is read from.
StepScreen {
    id: root

    required property LineModel line
    property string label: ""
    // What a drawn KTP points at, or a note below the field.
    property string mark: ""
    property string markText: ""
    property string note: ""
    readonly property bool roomy: Theme.portrait && !Theme.largest

    keyboard: "board"

    Column {
        width: root.workWidth
        spacing: Theme.pick(26, 12)

        KtpHint {
            visible: root.roomy && root.mark !== ""
            width: parent.width
            mark: root.mark
            markedLine: 2
            text: root.markText
        }

        Field {
            width: parent.width
            label: Theme.portrait ? root.label : ""
            Accessible.name: root.label
            text: root.line.text
            active: true
            wrong: root.visit.problem !== ""
        }

        Banner {
            visible: root.roomy && root.note !== ""
            width: parent.width
            text: root.note
        }
    }

    keys: [
        LetterBoard {
            anchors.fill: parent
            onTyped: letter => root.line.type(letter)
            onDeleted: root.line.erase()
        }
    ]
}
