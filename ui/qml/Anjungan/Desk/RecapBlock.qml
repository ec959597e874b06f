pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Figures that belong together under their heading.
Column {
    id: root

    required property var block

    spacing: 5

    DeskText {
        width: parent.width
        text: root.block.title
        strong: true
        font.pixelSize: 19
    }

    DeskText {
        visible: text !== ""
        width: parent.width
        text: root.block.lead
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    Repeater {
        model: root.block.lines

        Item {
            id: line

            required property var modelData
            readonly property color ink: modelData.bad ? Theme.brick : modelData.strong || modelData.value !== "" ? Theme.ink : Theme.inkSoft

            width: root.width
            height: label.height

            DeskText {
                id: label

                width: parent.width - (value.text === "" ? 0 : value.width + 12)
                text: line.modelData.label
                strong: line.modelData.strong
                color: line.ink
                font.pixelSize: 17
            }

            DeskText {
                id: value

                anchors.right: parent.right
                text: line.modelData.value
                strong: text !== "0"
                color: text === "0" ? Theme.inkSoft : line.ink
                font.pixelSize: 17
                wrapMode: Text.NoWrap
            }
        }
    }
}
