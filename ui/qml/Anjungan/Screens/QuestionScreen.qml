pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    Picture {
        visible: !Theme.contrast
        anchors.horizontalCenter: parent.horizontalCenter
        y: 560
        width: 480
        height: 420
        name: root.visit.work.chosen === "not_wni" ? "" : root.visit.work.chosen
    }

    Rectangle {
        visible: !Theme.contrast
        x: Theme.margin
        y: 980
        width: Theme.width
        height: 3
        color: Theme.line
    }

    Column {
        x: Theme.margin
        y: 1050
        spacing: 30

        Repeater {
            model: root.visit.question.choices

            Option {
                required property var modelData

                objectName: "question-" + modelData.id
                width: Theme.width
                height: 190
                pixelSize: Theme.h2
                text: modelData.label
                chosen: root.visit.question.chosen === modelData.id
                onTapped: root.visit.question.choose(modelData.id)
            }
        }
    }
}
