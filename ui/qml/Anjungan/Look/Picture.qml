import QtQuick

// One of the project's own drawings, standing on the bottom of its box.
Image {
    id: root

    required property string name

    source: name === "" ? "" : Theme.pictures + name + ".svg"
    sourceSize: Qt.size(width, height)
    fillMode: Image.PreserveAspectFit
    verticalAlignment: Image.AlignBottom
}
