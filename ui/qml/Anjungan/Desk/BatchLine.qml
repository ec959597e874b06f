import QtQuick
import Anjungan.Look

// One hand-over in the list; also a dinas, whose counts stand at the right.
DeskKey {
    id: root

    required property string title
    required property string note
    required property string size
    property bool chosen: false

    Accessible.name: title + ", " + note
    flat: true
    edgeWidth: 0
    radius: 0
    ringOutside: -4
    height: 70
    face: chosen ? Theme.seaTint : Theme.card
    facePressed: Theme.sand

    Rectangle {
        visible: root.chosen
        width: 7
        height: parent.height
        color: Theme.sea
    }

    DeskText {
        x: 22
        y: 12
        width: size.x - x - 10
        text: root.title
        strong: true
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }

    DeskText {
        x: 22
        y: 40
        width: parent.width - x - 22
        text: root.note
        color: Theme.inkSoft
        font.pixelSize: 16
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }

    DeskText {
        id: size

        anchors.right: parent.right
        anchors.rightMargin: 22
        y: 12
        text: root.size
        wrapMode: Text.NoWrap
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
