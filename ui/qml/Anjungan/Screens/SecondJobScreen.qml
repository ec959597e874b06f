import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    OptionGrid {
        width: root.workWidth
        room: root.workHeight
        columns: Theme.pick(1, 2)
        highest: Theme.pick(170, 130)
        pixelSize: Theme.sized([38, 44, 48], [27, 30, 34])
        model: root.visit.secondJob
        prefix: "secondjob"
    }
}
