import QtQuick

// Where Enter presses: seen only by who walks the screen with a keyboard.
Rectangle {
    objectName: "focusRing"
    anchors.fill: parent
    anchors.margins: -10
    color: "transparent"
    border.width: 5
    border.color: Theme.ink
}
