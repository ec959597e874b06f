pragma ComponentBehavior: Bound
import QtQuick

// The keypad, in telephone order. It stands at the same place on every screen that has it.
Grid {
    id: root

    property bool thousands: false

    signal typed(digits: string)
    signal cleared
    signal deleted

    readonly property int keyWidth: (width - 2 * columnSpacing) / 3
    readonly property int keyHeight: 128

    columns: 3
    columnSpacing: 20
    rowSpacing: 18
    height: 4 * keyHeight + 3 * rowSpacing

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        Key {
            required property string modelData

            objectName: "pad" + modelData
            width: root.keyWidth
            height: root.keyHeight
            reach: 8
            text: modelData
            pixelSize: Theme.padDigit
            onTapped: root.typed(modelData)
        }
    }

    CommandKey {
        objectName: "padClear"
        visible: !root.thousands
        width: root.keyWidth
        height: root.keyHeight
        text: Texts.say("nik.clear")
        onTapped: root.cleared()
    }

    Key {
        objectName: "pad000"
        visible: root.thousands
        width: root.keyWidth
        height: root.keyHeight
        text: Texts.say("income.thousands")
        pixelSize: Theme.padDigit
        onTapped: root.typed("000")
    }

    Key {
        objectName: "pad0"
        width: root.keyWidth
        height: root.keyHeight
        text: "0"
        pixelSize: Theme.padDigit
        onTapped: root.typed("0")
    }

    CommandKey {
        objectName: "padDelete"
        width: root.keyWidth
        height: root.keyHeight
        icon: "backspace"
        text: Texts.say("nik.delete")
        onTapped: root.deleted()
    }
}
