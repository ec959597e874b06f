pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    Column {
        x: Theme.margin
        y: 414
        spacing: 22

        Repeater {
            model: root.visit.job.choices

            Option {
                required property var modelData

                objectName: "job-" + modelData.id
                width: Theme.width
                height: Math.min(170, (1198 - 22 * (root.visit.job.choices.length - 1)) / root.visit.job.choices.length)
                pixelSize: 38
                text: modelData.label
                chosen: root.visit.job.chosen === modelData.id
                onTapped: root.visit.job.choose(modelData.id)
            }
        }
    }
}
