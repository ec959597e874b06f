pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Where the work is done; apart from it, whether there is a second job.
StepScreen {
    id: root

    readonly property int columns: Theme.pick(1, 2)
    readonly property int apart: Theme.pick(70, 34)

    Grid {
        id: places

        readonly property int lines: 4 / root.columns
        readonly property int room: root.workHeight - second.height - root.apart

        columns: root.columns
        spacing: Theme.pick(26, 16)

        Repeater {
            model: root.visit.place.choices

            Option {
                required property var modelData

                objectName: "place-" + modelData.id
                width: (root.workWidth - (root.columns - 1) * places.spacing) / root.columns
                height: (places.room - (places.lines - 1) * places.spacing) / places.lines
                icon: chosen ? "check" : modelData.picture
                iconSize: Theme.pick(84, 56)
                pixelSize: Theme.sized([44, 48, 50], [30, 33, 35])
                text: modelData.label
                chosen: root.visit.place.chosen === modelData.id
                onTapped: root.visit.place.choose(modelData.id)
            }
        }
    }

    AddKey {
        id: second

        objectName: "addJob"
        y: root.workHeight - height
        width: root.workWidth
        text: Texts.say("place.second_job")
        chosen: root.visit.addJob.wanted
        onTapped: root.visit.addJob.toggle()
    }
}
