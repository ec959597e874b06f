import QtQuick

Key {
    id: root

    required property string label
    required property string sign

    Accessible.name: label
    flat: true
    edgeWidth: 0
    radius: 12
    // The strip ends where the screen does.
    ringOutside: -2

    Column {
        anchors.centerIn: parent
        spacing: Theme.pick(8, 4)

        Icon {
            name: root.sign
            size: Theme.pick(44, 36)
            ink: Theme.inkSoft
            fill: Theme.quietFill
            anchors.horizontalCenter: parent.horizontalCenter
        }

        Words {
            width: Math.min(implicitWidth, root.width)
            text: root.label
            font.pixelSize: Theme.strip
            lineHeight: 1
            // A word centred in its own width would stand between two pixels.
            horizontalAlignment: implicitWidth > root.width ? Text.AlignHCenter : Text.AlignLeft
            anchors.horizontalCenter: parent.horizontalCenter
        }
    }
}
