import QtQuick

StepScreen {
    id: root

    WorkTiles {
        width: root.workWidth
        height: root.workHeight
        model: root.visit.work
        prefix: "work"
        wayOut: true
    }
}
