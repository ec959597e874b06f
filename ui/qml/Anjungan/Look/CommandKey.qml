import QtQuick

// A key that does something to what was typed, in sand so that it is not taken for a letter.
Key {
    face: Theme.sand
    pixelSize: Math.min(Theme.small, Theme.pick(34, 24))
}
