pragma ComponentBehavior: Bound
import QtQuick

// Small letters, figures and the signs of an e-mail address, where the letter board stands.
Item {
    id: root

    readonly property list<string> rows: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
    readonly property int gapX: Theme.pick(12, 10)
    readonly property int gapY: Theme.pick(12, 6)
    readonly property int keyWidth: (width - 9 * gapX) / 10
    readonly property int keyHeight: (height - 4 * gapY) / 5
    readonly property int step: keyWidth + gapX
    readonly property int indent: step / 2

    signal typed(letters: string)
    signal deleted
    signal cleared

    function rowY(row: int): int {
        return row * (keyHeight + gapY);
    }

    component SignKey: Key {
        y: root.rowY(4)
        height: root.keyHeight
        pixelSize: Theme.pick(44, 32)
        onTapped: root.typed(text)
    }

    Repeater {
        model: 36

        Key {
            required property int index
            readonly property int line: index < 10 ? 0 : index < 20 ? 1 : index < 29 ? 2 : 3
            readonly property int column: index - [0, 10, 20, 29][line]

            objectName: "email" + text
            x: (line > 1 ? root.indent : 0) + column * root.step
            y: root.rowY(line)
            width: root.keyWidth
            height: root.keyHeight
            reach: Theme.pick(6, 3)
            text: root.rows[line][column]
            pixelSize: Theme.pick(44, 32)
            onTapped: root.typed(text)
        }
    }

    CommandKey {
        objectName: "emailDelete"
        x: root.indent + 7 * root.step
        y: root.rowY(3)
        width: root.width - x
        height: root.keyHeight
        icon: "backspace"
        text: Texts.say("nik.delete")
        onTapped: root.deleted()
    }

    CommandKey {
        objectName: "emailClear"
        y: root.rowY(4)
        width: 2.5 * root.step - root.gapX
        height: root.keyHeight
        text: Texts.say("nik.clear")
        onTapped: root.cleared()
    }

    SignKey {
        objectName: "emailGmail"
        x: 2.5 * root.step
        width: 3 * root.step - root.gapX
        text: Texts.say("email.gmail")
        pixelSize: Theme.pick(36, 26)
    }

    SignKey {
        objectName: "emailAt"
        x: 5.5 * root.step
        width: 1.5 * root.step - root.gapX
        text: "@"
    }

    Repeater {
        model: [".", "-", "_"]

        SignKey {
            required property int index
            required property string modelData

            objectName: "email" + modelData
            Accessible.name: modelData
            x: (7 + index) * root.step
            width: root.keyWidth
            text: modelData
        }
    }
}
