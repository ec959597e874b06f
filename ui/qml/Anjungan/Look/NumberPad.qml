pragma ComponentBehavior: Bound
import QtQuick

// The keypad, in telephone order. It stands at the same place on every screen that has it.
Item {
    id: root

    property bool thousands: false
    readonly property int gapX: Theme.pick(20, 12)
    readonly property int gapY: Theme.pick(18, 12)
    readonly property int keyWidth: (width - 2 * gapX) / 3
    readonly property int keyHeight: (height - 3 * gapY) / 4

    signal typed(digits: string)
    signal cleared
    signal deleted

    function columnX(column: int): int {
        return column * (keyWidth + gapX);
    }

    function rowY(row: int): int {
        return row * (keyHeight + gapY);
    }

    Connections {
        target: Touch.kiosk
        enabled: root.visible && root.enabled

        function onTyped(character: string): void {
            if ("0123456789".includes(character))
                root.typed(character);
        }

        function onErased(): void {
            root.deleted();
        }
    }

    Repeater {
        model: 9

        Key {
            required property int index

            objectName: "pad" + text
            x: root.columnX(index % 3)
            y: root.rowY(Math.floor(index / 3))
            width: root.keyWidth
            height: root.keyHeight
            reach: 6
            text: index + 1
            pixelSize: Theme.padDigit
            onTapped: root.typed(text)
        }
    }

    CommandKey {
        objectName: "padClear"
        visible: !root.thousands
        y: root.rowY(3)
        width: root.keyWidth
        height: root.keyHeight
        text: Texts.say("nik.clear")
        onTapped: root.cleared()
    }

    Key {
        objectName: "pad000"
        visible: root.thousands
        y: root.rowY(3)
        width: root.keyWidth
        height: root.keyHeight
        text: Texts.say("income.thousands")
        pixelSize: Theme.padDigit
        onTapped: root.typed("000")
    }

    Key {
        objectName: "pad0"
        x: root.columnX(1)
        y: root.rowY(3)
        width: root.keyWidth
        height: root.keyHeight
        reach: 6
        text: "0"
        pixelSize: Theme.padDigit
        onTapped: root.typed("0")
    }

    CommandKey {
        objectName: "padDelete"
        x: root.columnX(2)
        y: root.rowY(3)
        width: root.keyWidth
        height: root.keyHeight
        icon: "backspace"
        text: Texts.say("nik.delete")
        onTapped: root.deleted()
    }
}
