pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The sticks that are in and the folder, one of them chosen, and a key to look again.
Flow {
    id: root

    required property FilesModel files

    spacing: 8

    Repeater {
        model: root.files.places

        DeskKey {
            required property var modelData
            required property int index

            objectName: "place_" + index
            Accessible.role: Accessible.RadioButton
            Accessible.checked: modelData.chosen
            flat: true
            strong: modelData.chosen
            textSize: 17
            implicitHeight: 46
            width: Math.min(implicitWidth, root.width)
            icon: modelData.icon
            text: modelData.name
            edgeWidth: modelData.chosen ? 3 : 2
            face: modelData.chosen ? Theme.seaTint : Theme.card
            edge: modelData.chosen ? Theme.sea : Theme.control
            onTapped: root.files.choosePlace(index)
        }
    }

    DeskKey {
        objectName: "lookAgain"
        flat: true
        edgeWidth: 0
        textSize: 17
        implicitHeight: 46
        icon: "arrow-counter-clockwise"
        text: Texts.say("desk.files.again")
        onTapped: root.files.look()
    }
}
