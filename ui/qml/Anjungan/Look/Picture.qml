import QtQuick

// One of the project's own drawings, standing on the bottom of its box. It is drawn when it comes
// in sight, in its size there: hidden screens are laid out again and again while one answers.
Image {
    id: root

    required property string name
    property size drawn: Qt.size(0, 0)

    sourceSize: drawn
    source: name === "" || drawn.width === 0 ? "" : Theme.pictures + name + ".svg"
    fillMode: Image.PreserveAspectFit
    verticalAlignment: Image.AlignBottom
    onVisibleChanged: Qt.callLater(draw)
    onWidthChanged: Qt.callLater(draw)
    onHeightChanged: Qt.callLater(draw)
    Component.onCompleted: draw()

    function draw(): void {
        if (visible && width > 0 && height > 0)
            drawn = Qt.size(width, height);
    }
}
