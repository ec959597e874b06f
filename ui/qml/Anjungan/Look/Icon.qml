import QtQuick

Image {
    id: root

    required property string name
    property bool bold: false
    property color ink: Theme.sea
    property color fill: Theme.iconFill
    property int size: 48

    function digits(tone: color): string {
        return tone.toString().slice(-6);
    }

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: name === "" ? "" : "image://icon/" + (bold ? "bold" : "duotone") + "/" + name + "/" + digits(ink) + "/" + digits(fill)
}
