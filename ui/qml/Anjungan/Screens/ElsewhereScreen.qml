pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property bool posting: visit.elsewhere.posting

    Field {
        objectName: "elsewhereLine"
        x: Theme.margin
        y: 450
        width: Theme.width
        label: Texts.say("elsewhere.line")
        text: root.visit.elsewhere.line
        active: !root.posting
        onTapped: root.visit.elsewhere.toLine()
    }

    Field {
        objectName: "elsewherePostcode"
        x: Theme.margin
        y: 680
        width: 560
        label: Texts.say("elsewhere.postcode")
        text: root.visit.elsewhere.postcode
        active: root.posting
        onTapped: root.visit.elsewhere.toPostcode()
    }

    LetterBoard {
        withFigures: true
        visible: !root.posting
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        onTyped: letter => root.visit.elsewhere.type(letter)
        onDeleted: root.visit.elsewhere.erase()
    }

    NumberPad {
        visible: root.posting
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        onTyped: digits => root.visit.elsewhere.typePostcode(digits)
        onDeleted: root.visit.elsewhere.erasePostcode()
        onCleared: root.visit.elsewhere.clearPostcode()
    }
}
