import QtQuick
import Anjungan.Look

// The main key of a screen that says one thing.
MainKey {
    width: Theme.width
    height: Theme.pick(180, 116)
    icon: "check"
    iconSize: Theme.pick(64, 44)
    pixelSize: Theme.pick(54, 36)
    ledgeHeight: Theme.heroLedge
}
