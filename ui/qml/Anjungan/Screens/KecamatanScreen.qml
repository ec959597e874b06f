import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    OptionGrid {
        width: root.workWidth
        room: root.workHeight
        columns: Theme.pick(Theme.textStep > 0 ? 2 : 3, 5)
        columnSpacing: Theme.pick(20, 12)
        rowSpacing: Theme.pick(16, 12)
        pixelSize: Theme.sized([31, 38, 40], [23, 26, 27])
        model: root.visit.kecamatan
        prefix: "kecamatan"
    }
}
