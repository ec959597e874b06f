import QtQuick

Image {
    id: root

    required property string name
    property color ink: Theme.sea
    // Opaque colours only: the icons know no transparency.
    property color fill: Theme.iconFill
    property int size: 48

    function digits(tone: color): string {
        return tone.toString().slice(-6);
    }

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: name === "" ? "" : "image://icon/" + name + "/" + digits(ink) + "/" + digits(fill)
}
