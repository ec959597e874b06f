pragma ComponentBehavior: Bound
import QtQuick

// Capital letters; people who never typed can have them in the order of the alphabet. An address
// has figures and signs on a second layer instead.
Item {
    id: root

    property bool withFigures: false
    property bool switched: false
    readonly property var rows: switched && withFigures ? ["1234567890", "-/,()&+:#", ""] : switched ? ["ABCDEFGHIJ", "KLMNOPQRS", "TUVWXYZ"] : ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"]
    readonly property int keyWidth: 86
    readonly property int keyHeight: 134
    readonly property int step: keyWidth + 12

    signal typed(letter: string)
    signal deleted

    height: 4 * keyHeight + 3 * 14

    Repeater {
        model: 26

        Key {
            required property int index
            readonly property int line: index < 10 ? 0 : index < 19 ? 1 : 2
            readonly property int column: index - [0, 10, 19][line]
            readonly property string letter: root.rows[line][column] ?? ""

            objectName: "letter" + letter
            visible: letter !== ""
            x: [0, 49, 49][line] + column * root.step
            y: line * (root.keyHeight + 14)
            width: root.keyWidth
            height: root.keyHeight
            reach: 6
            text: letter
            pixelSize: 48
            onTapped: root.typed(letter)
        }
    }

    CommandKey {
        objectName: "letterDelete"
        x: 49 + 7 * root.step
        y: 2 * (root.keyHeight + 14)
        width: root.width - x
        height: root.keyHeight
        icon: "backspace"
        text: Texts.say("nik.delete")
        onTapped: root.deleted()
    }

    CommandKey {
        objectName: "letterOrder"
        y: 3 * (root.keyHeight + 14)
        width: 232
        height: root.keyHeight
        text: Texts.say(root.withFigures ? (root.switched ? "elsewhere.letters" : "elsewhere.figures") : root.switched ? "name.qwerty" : "name.alphabet")
        onTapped: root.switched = !root.switched
    }

    Key {
        objectName: "letterSpace"
        x: 244
        y: 3 * (root.keyHeight + 14)
        width: 478
        height: root.keyHeight
        text: Texts.say("name.space")
        onTapped: root.typed(" ")
    }

    Key {
        objectName: "letterStop"
        Accessible.name: "."
        x: 734
        y: 3 * (root.keyHeight + 14)
        width: 111
        height: root.keyHeight
        text: "."
        pixelSize: 48
        onTapped: root.typed(".")
    }

    Key {
        objectName: "letterApostrophe"
        x: 857
        y: 3 * (root.keyHeight + 14)
        width: 111
        height: root.keyHeight
        text: "'"
        pixelSize: 48
        onTapped: root.typed("'")
    }
}
