import Anjungan.Desk
import Anjungan.Look

// What stands above a box to type in.
DeskText {
    color: Theme.inkSoft
    font.pixelSize: 16
}
