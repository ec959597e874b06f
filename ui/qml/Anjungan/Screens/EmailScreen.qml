import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    keyboard: "board"

    Field {
        width: root.workWidth
        label: Theme.portrait ? Texts.say("email.label") : ""
        Accessible.name: Texts.say("email.label")
        text: root.visit.email.text
        active: true
        wrong: root.visit.problem !== ""
    }

    keys: [
        EmailBoard {
            anchors.fill: parent
            onTyped: letters => root.visit.email.type(letters)
            onDeleted: root.visit.email.erase()
            onCleared: root.visit.email.clear()
        }
    ]
}
