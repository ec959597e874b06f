pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Many names to choose one from, all on one page.
Grid {
    id: root

    required property ChoiceModel model
    required property string prefix
    property int keyHeight: 112
    readonly property int keyWidth: (width - (columns - 1) * columnSpacing) / columns

    columns: 2
    columnSpacing: 26
    rowSpacing: 18

    Repeater {
        model: root.model.choices

        Option {
            required property var modelData

            objectName: root.prefix + "-" + modelData.id
            width: root.keyWidth
            height: root.keyHeight
            pixelSize: root.columns > 2 ? 31 : 34
            text: modelData.label
            chosen: root.model.chosen === modelData.id
            onTapped: root.model.choose(modelData.id)
        }
    }
}
