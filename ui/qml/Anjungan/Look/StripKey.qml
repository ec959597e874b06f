import QtQuick

Key {
    id: root

    required property string label
    required property string sign

    Accessible.name: label
    flat: true
    face: Theme.sand
    edgeWidth: 0
    radius: 12
    height: Theme.stripHeight - 12

    Column {
        anchors.centerIn: parent
        spacing: 8

        Icon {
            name: root.sign
            size: 44
            ink: Theme.inkSoft
            fill: Theme.quietFill
            anchors.horizontalCenter: parent.horizontalCenter
        }

        Words {
            text: root.label
            font.pixelSize: Theme.strip
            lineHeight: 1
            anchors.horizontalCenter: parent.horizontalCenter
        }
    }
}
