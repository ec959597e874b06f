import QtQuick
import Anjungan.Look

// A white pane of the desk.
Rectangle {
    radius: 14
    color: Theme.card
    border.width: 2
    border.color: Theme.line
}
