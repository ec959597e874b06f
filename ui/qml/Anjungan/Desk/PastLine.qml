import QtQuick
import Anjungan.Look

// One thing that happened, on a line of dots.
Item {
    id: root

    required property var modelData
    required property int index

    height: Math.max(32, what.height + 12)

    Rectangle {
        x: 7
        y: root.index === 0 ? 10 : 0
        width: 2
        height: root.height - y
        color: Theme.ledge
    }

    Rectangle {
        y: 2
        width: 16
        height: 16
        radius: 8
        color: Theme.sea
    }

    DeskText {
        x: 30
        width: 62
        text: root.modelData.when
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    DeskText {
        id: what

        x: 96
        width: parent.width - x
        text: [root.modelData.what, root.modelData.who, root.modelData.note].filter(part => part !== "").join(" · ")
        font.pixelSize: 16
        lineHeight: 1.1
    }
}
