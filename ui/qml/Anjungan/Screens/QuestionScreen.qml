pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    readonly property string topic: visit.work.chosen === "not_wni" ? "" : visit.work.chosen

    Picture {
        id: picture

        visible: !Theme.contrast
        x: Theme.portrait ? (root.workWidth - width) / 2 : 60
        y: Theme.portrait ? 60 : 20
        width: Theme.pick(480, 440)
        height: Theme.portrait ? root.workHeight - 620 : root.workHeight - 60
        name: root.topic
    }

    Icon {
        visible: Theme.contrast
        anchors.centerIn: picture
        name: Theme.signOf[root.topic] ?? ""
        size: Theme.pick(260, 220)
    }

    Rectangle {
        y: Theme.portrait ? root.workHeight - 560 : root.workHeight - 40
        width: Theme.pick(root.workWidth, 560)
        height: Theme.keyEdge
        color: Theme.line
    }

    Column {
        x: Theme.pick(0, 620)
        y: Theme.portrait ? root.workHeight - height - 60 : (root.workHeight - height) / 2
        width: root.workWidth - x
        spacing: Theme.pick(30, 24)

        Repeater {
            model: root.visit.question.choices

            Option {
                required property var modelData

                objectName: "question-" + modelData.id
                width: parent.width
                height: Theme.pick(190, 140)
                pixelSize: Theme.h2
                text: modelData.label
                chosen: root.visit.question.chosen === modelData.id
                onTapped: root.visit.question.choose(modelData.id)
            }
        }
    }
}
