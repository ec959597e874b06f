pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property var choices: visit.work.choices
    readonly property var last: choices.length > 0 ? choices[choices.length - 1] : null

    Grid {
        x: Theme.margin
        y: 414
        columns: 3
        columnSpacing: 20
        rowSpacing: 20

        Repeater {
            model: root.choices.slice(0, -1)

            Tile {
                required property var modelData

                objectName: "work-" + modelData.id
                width: 309
                height: 252
                picture: modelData.picture
                label: modelData.label
                chosen: root.visit.work.chosen === modelData.id
                onTapped: root.visit.work.choose(modelData.id)
            }
        }
    }

    Option {
        objectName: "work-" + (root.last ? root.last.id : "")
        x: Theme.margin
        y: 1502
        width: 471
        height: 110
        icon: chosen ? "check" : "dots-three-circle"
        iconSize: 48
        pixelSize: 32
        text: root.last ? root.last.label : ""
        chosen: root.last !== null && root.visit.work.chosen === root.last.id
        onTapped: root.visit.work.choose(root.last.id)
    }

    Option {
        objectName: "work-not_wni"
        x: 553
        y: 1502
        width: 471
        height: 110
        icon: chosen ? "check" : "identification-card"
        iconSize: 48
        pixelSize: 32
        text: Texts.say("work.not_wni")
        chosen: root.visit.work.chosen === "not_wni"
        onTapped: root.visit.work.choose("not_wni")
    }
}
