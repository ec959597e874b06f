import QtQuick
import Anjungan.Look

// One line of a list to choose from: a title, a note below it, and perhaps a tag.
DeskKey {
    id: root

    required property string title
    required property string note
    required property string tag
    required property string tone
    required property string sign
    property bool chosen: false

    Accessible.name: [title, note, tag].filter(one => one !== "").join(", ")
    flat: true
    edgeWidth: 0
    radius: 0
    ringOutside: -4
    height: 75
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
        y: 14
        width: (mark.visible ? mark.x : parent.width) - x - 10
        text: root.title
        strong: true
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }

    DeskText {
        x: 22
        y: 44
        width: (mark.visible ? mark.x : parent.width) - x - 10
        text: root.note
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    Tag {
        id: mark

        visible: root.tag !== ""
        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        text: root.tag
        tone: root.tone
        icon: root.sign
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
