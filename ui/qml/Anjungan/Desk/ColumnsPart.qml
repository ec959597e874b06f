pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The columns of the list for the branch; beside them the one that is chosen, and all headers.
PartPanes {
    id: root

    required property ColumnsModel columns

    kind: "column"
    lines: columns.lines
    chosen: columns.chosen
    above: locked ? 0 : 66
    onPicked: id => columns.choose(id)
    over: [
        Row {
            visible: !root.locked
            x: 16
            y: 12
            spacing: 8

            DeskKey {
                objectName: "addColumn"
                height: 46
                textSize: 17
                icon: "plus"
                text: Texts.say("parts.columns.add")
                onTapped: root.columns.add()
            }

            DeskKey {
                objectName: "takeBackColumns"
                visible: root.columns.isChanged
                height: 46
                textSize: 17
                icon: "arrow-counter-clockwise"
                text: Texts.say("parts.take_back")
                onTapped: root.columns.takeBack()
            }
        }
    ]

    DeskText {
        id: title

        objectName: "columnTitle"
        width: parent.width
        text: root.columns.detail.title ?? ""
        strong: true
        font.pixelSize: 28
        wrapMode: Text.WrapAnywhere
    }

    DeskText {
        id: holds

        y: title.height + 8
        width: parent.width
        text: root.columns.detail.holds ?? ""
        font.pixelSize: 20
    }

    Flow {
        id: keys

        visible: !root.locked
        y: holds.y + holds.height + 20
        width: parent.width
        height: visible ? implicitHeight : 0
        spacing: 10

        DeskKey {
            objectName: "columnUp"
            visible: root.columns.detail.mayUp ?? false
            height: 50
            text: Texts.say("parts.columns.up")
            onTapped: root.columns.move(-1)
        }

        DeskKey {
            objectName: "columnDown"
            visible: root.columns.detail.mayDown ?? false
            height: 50
            text: Texts.say("parts.columns.down")
            onTapped: root.columns.move(1)
        }

        DeskKey {
            objectName: "renameColumn"
            height: 50
            icon: "pencil-simple"
            text: Texts.say("parts.columns.rename")
            onTapped: root.columns.rename()
        }

        DeskKey {
            objectName: "removeColumn"
            height: 50
            icon: "x"
            text: Texts.say("parts.columns.remove")
            onTapped: root.columns.remove()
        }
    }

    Warning {
        id: refused

        objectName: "columnProblem"
        y: keys.y + keys.height + 14
        width: parent.width
        bad: true
        text: root.columns.problem
    }

    DeskText {
        id: caption

        y: (refused.visible ? refused.y + refused.height : keys.y + keys.height) + 24
        text: Texts.say("parts.columns.preview")
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    DeskText {
        objectName: "columnHeaders"
        y: caption.y + caption.height + 6
        width: parent.width
        text: root.columns.headers
        lineHeight: 1.3
    }
}
