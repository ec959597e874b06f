import QtQuick
import Anjungan.Look

// Whose side it is: a number or a version, and below it where it comes from.
Rectangle {
    id: root

    required property var modelData

    implicitHeight: 44 + note.height
    color: modelData.own ? Theme.seaTint : Theme.sand
    border.width: Theme.contrast ? 2 : 0
    border.color: Theme.line

    DeskText {
        x: 12
        y: 9
        width: parent.width - 20
        text: root.modelData.title
        strong: true
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }

    DeskText {
        id: note

        x: 12
        y: 35
        width: parent.width - 20
        text: root.modelData.note
        color: Theme.inkSoft
        font.pixelSize: 16
    }
}
