pragma ComponentBehavior: Bound
import QtQuick

// Capital letters; people who never typed can have them in the order of the alphabet. An address
// has figures and signs on a second layer instead.
Item {
    id: root

    property bool withFigures: false
    property bool switched: false
    readonly property var figures: ["1234567890", "-/,()&+:#", ""]
    readonly property var rows: switched && withFigures ? figures : switched ? ["ABCDEFGHIJ", "KLMNOPQRS", "TUVWXYZ"] : ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"]
    readonly property int gapX: Theme.pick(12, 10)
    readonly property int gapY: Theme.pick(14, 8)
    readonly property int keyWidth: (width - 9 * gapX) / 10
    readonly property int keyHeight: (height - 3 * gapY) / 4
    readonly property int step: keyWidth + gapX
    readonly property int indent: step / 2
    readonly property int lastRow: 3 * (keyHeight + gapY)

    signal typed(letter: string)
    signal deleted

    // A keyboard has all layers at once, and types what a key here could.
    Connections {
        target: Touch.kiosk
        enabled: root.visible && root.enabled

        function onTyped(character: string): void {
            const letter = character.toUpperCase();
            const known = "ABCDEFGHIJKLMNOPQRSTUVWXYZ .'" + (root.withFigures ? root.figures.join("") : "");
            if (letter.length === 1 && known.includes(letter))
                root.typed(letter);
        }

        function onErased(): void {
            root.deleted();
        }
    }

    Repeater {
        model: 26

        Key {
            required property int index
            readonly property int line: index < 10 ? 0 : index < 19 ? 1 : 2
            readonly property int column: index - [0, 10, 19][line]
            readonly property string letter: root.rows[line][column] ?? ""

            objectName: "letter" + letter
            visible: letter !== ""
            x: (line > 0 ? root.indent : 0) + column * root.step
            y: line * (root.keyHeight + root.gapY)
            width: root.keyWidth
            height: root.keyHeight
            reach: Math.min(root.gapX, root.gapY) / 2
            text: letter
            pixelSize: Theme.pick(48, 34)
            onTapped: root.typed(letter)
        }
    }

    CommandKey {
        objectName: "letterDelete"
        x: root.indent + 7 * root.step
        y: 2 * (root.keyHeight + root.gapY)
        width: root.width - x
        height: root.keyHeight
        icon: "backspace"
        text: Texts.say("nik.delete")
        onTapped: root.deleted()
    }

    CommandKey {
        objectName: "letterOrder"
        y: root.lastRow
        width: 2.5 * root.step - root.gapX
        height: root.keyHeight
        text: Texts.say(root.withFigures ? (root.switched ? "elsewhere.letters" : "elsewhere.figures") : root.switched ? "name.qwerty" : "name.alphabet")
        onTapped: root.switched = !root.switched
    }

    Key {
        objectName: "letterSpace"
        x: 2.5 * root.step
        y: root.lastRow
        width: 5 * root.step - root.gapX
        height: root.keyHeight
        text: Texts.say("name.space")
        onTapped: root.typed(" ")
    }

    Key {
        objectName: "letterStop"
        Accessible.name: "."
        x: 7.5 * root.step
        y: root.lastRow
        width: (root.width - x - root.gapX) / 2
        height: root.keyHeight
        text: "."
        pixelSize: Theme.pick(48, 34)
        onTapped: root.typed(".")
    }

    Key {
        objectName: "letterApostrophe"
        x: root.width - width
        y: root.lastRow
        width: (root.width - 7.5 * root.step - root.gapX) / 2
        height: root.keyHeight
        text: "'"
        pixelSize: Theme.pick(48, 34)
        onTapped: root.typed("'")
    }
}
