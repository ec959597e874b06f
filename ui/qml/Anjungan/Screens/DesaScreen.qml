import QtQuick

StepScreen {
    id: root

    OptionGrid {
        width: root.workWidth
        room: root.workHeight
        model: root.visit.desa
        prefix: "otherdesa"
    }
}
