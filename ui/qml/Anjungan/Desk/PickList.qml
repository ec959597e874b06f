pragma ComponentBehavior: Bound
import QtQuick

// A list to choose from, plain or a LinesModel; each line says id, title, note, tag, tone and icon.
ListView {
    id: root

    required property var lines
    required property string chosen
    required property string kind

    signal picked(string id)

    anchors.fill: parent
    anchors.margins: 2
    anchors.topMargin: 10
    anchors.bottomMargin: 10
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    model: lines

    delegate: PickLine {
        required property var modelData

        width: root.width
        objectName: root.kind + "_" + modelData.title
        title: modelData.title
        note: modelData.note
        tag: modelData.tag
        tone: modelData.tone
        sign: modelData.icon
        chosen: root.chosen === modelData.id
        onTapped: root.picked(modelData.id)
    }
}
