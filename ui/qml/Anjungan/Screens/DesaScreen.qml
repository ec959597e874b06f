import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    OptionGrid {
        width: root.workWidth
        room: root.workHeight
        model: root.visit.desa
        prefix: "otherdesa"
    }
}
