import QtQuick
import Anjungan.Look

// Something that somebody should see to; it takes no room while there is nothing.
Rectangle {
    id: root

    property alias text: told.text
    // Refused, not only to be seen to.
    property bool bad: false
    readonly property color ink: bad ? Theme.brick : Theme.amber

    visible: text !== ""
    height: visible ? told.height + 24 : 0
    radius: 10
    color: bad ? Theme.brickTint : Theme.amberTint
    border.width: Theme.contrast ? 2 : 0
    border.color: ink

    Icon {
        x: 14
        name: "warning"
        size: 26
        ink: root.ink
        fill: root.color
        anchors.verticalCenter: parent.verticalCenter
    }

    DeskText {
        id: told

        x: 52
        width: parent.width - 68
        strong: true
        color: root.ink
        anchors.verticalCenter: parent.verticalCenter
    }
}
