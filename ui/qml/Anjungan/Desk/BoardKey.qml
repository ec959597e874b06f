import Anjungan.Look

// A key of the board: pressing it leaves the focus where it is.
DeskKey {
    objectName: "board" + text
    activeFocusOnTab: false
    textSize: 20
    edge: Theme.control
    ledge: Theme.ledge
}
