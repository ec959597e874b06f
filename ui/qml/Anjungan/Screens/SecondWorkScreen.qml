pragma ComponentBehavior: Bound
import QtQuick

// Few have a second job: its pictures are drawn when somebody does.
StepScreen {
    id: root

    Loader {
        active: root.visible
        width: root.workWidth
        height: root.workHeight

        sourceComponent: WorkTiles {
            model: root.visit.secondWork
            prefix: "secondwork"
        }
    }
}
