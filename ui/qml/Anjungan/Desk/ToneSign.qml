import QtQuick
import Anjungan.Look

// The icon of how something stands, in the colour of its tone.
Icon {
    id: root

    required property string tone
    readonly property var inks: ({
            "brick": Theme.brick,
            "amber": Theme.amber,
            "leaf": Theme.leaf
        })

    size: 34
    ink: inks[tone] ?? Theme.inkSoft
    fill: Theme.card
}
