pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Facts in columns, each with its label above.
Grid {
    id: root

    required property list<var> facts

    columns: width > 480 ? 2 : 1
    rowSpacing: 16

    Repeater {
        model: root.facts

        Column {
            id: fact

            required property var modelData

            width: root.width / root.columns
            spacing: 4

            DeskText {
                text: fact.modelData.label
                color: Theme.inkSoft
                font.pixelSize: 16
            }

            DeskText {
                width: parent.width - 12
                text: fact.modelData.value
                strong: true
            }
        }
    }
}
