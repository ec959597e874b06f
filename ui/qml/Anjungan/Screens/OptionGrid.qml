pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Many names to choose one from, all on one page, as high as there is room.
Grid {
    id: root

    required property ChoiceModel model
    required property string prefix
    required property int room
    property int highest: Theme.pick(112, 96)
    property int pixelSize: Theme.sized([34, 40, 42], [24, 27, 29])
    readonly property int lines: Math.max(1, Math.ceil(model.choices.length / columns))
    readonly property int keyWidth: (width - (columns - 1) * columnSpacing) / columns
    readonly property int keyHeight: Math.min(highest, (room - (lines - 1) * rowSpacing) / lines)

    columns: Theme.pick(2, 4)
    columnSpacing: Theme.pick(24, 16)
    rowSpacing: Theme.pick(18, 12)

    Repeater {
        model: root.model.choices

        Option {
            required property var modelData

            objectName: root.prefix + "-" + modelData.id
            width: root.keyWidth
            height: root.keyHeight
            pixelSize: root.pixelSize
            text: modelData.label
            chosen: root.model.chosen === modelData.id
            onTapped: root.model.choose(modelData.id)
        }
    }
}
