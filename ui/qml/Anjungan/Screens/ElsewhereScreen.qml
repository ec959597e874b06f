pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    readonly property bool posting: visit.elsewhere.posting

    keyboard: posting ? "pad" : "board"

    Flow {
        width: root.workWidth
        spacing: Theme.pick(26, 16)

        Field {
            objectName: "elsewhereLine"
            width: Theme.pick(root.workWidth, root.posting ? root.workWidth : root.workWidth - 380)
            label: wrong ? root.visit.problem : Texts.say("elsewhere.line")
            wrong: root.visit.problem !== "" && !root.posting
            text: root.visit.elsewhere.line
            active: !root.posting
            choosable: true
            onTapped: root.visit.elsewhere.toLine()
        }

        Field {
            objectName: "elsewherePostcode"
            width: Theme.pick(560, root.posting ? root.workWidth : 360)
            label: wrong ? root.visit.problem : Texts.say("elsewhere.postcode")
            wrong: root.visit.problem !== "" && root.posting
            text: root.visit.elsewhere.postcode
            active: root.posting
            choosable: true
            onTapped: root.visit.elsewhere.toPostcode()
        }
    }

    keys: [
        LetterBoard {
            withFigures: true
            visible: !root.posting
            anchors.fill: parent
            onTyped: letter => root.visit.elsewhere.type(letter)
            onDeleted: root.visit.elsewhere.erase()
        },
        NumberPad {
            visible: root.posting
            anchors.fill: parent
            onTyped: digits => root.visit.elsewhere.typePostcode(digits)
            onDeleted: root.visit.elsewhere.erasePostcode()
            onCleared: root.visit.elsewhere.clearPostcode()
        }
    ]
}
