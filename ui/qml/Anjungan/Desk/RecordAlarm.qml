import QtQuick
import Anjungan.Look

// What must be seen of a record before anything else, perhaps with the key that leads to it.
Rectangle {
    id: root

    required property string text
    required property string tone
    property string key: ""
    property string label: ""
    readonly property color ink: tone === "brick" ? Theme.brick : Theme.amber

    signal opened

    visible: text !== ""
    width: parent.width
    height: Math.max(words.height, open.visible ? open.height : 0) + 16
    radius: 10
    color: tone === "brick" ? Theme.brickTint : Theme.amberTint
    border.width: Theme.contrast ? 2 : 0
    border.color: ink

    Icon {
        x: 14
        name: "warning"
        size: 24
        ink: root.ink
        fill: root.color
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        id: words

        x: 50
        width: (open.visible ? open.x : parent.width) - x - 16
        text: root.text
        strong: true
        color: root.ink
        font.pixelSize: 17
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskKey {
        id: open

        objectName: root.key
        visible: root.key !== ""
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        implicitHeight: 44
        textSize: 17
        text: root.label
        onTapped: root.opened()
    }
}
