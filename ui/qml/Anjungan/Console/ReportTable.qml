pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look

// Parts of a report on a line each, with their numbers in columns; the sum of all first.
Item {
    id: root

    required property list<string> heads
    // Each with name and cells, as many as there are heads.
    required property var rows
    readonly property int cellWidth: heads.length > 5 ? 112 : 130
    readonly property int nameWidth: width - heads.length * cellWidth - 24

    component Cells: Repeater {
        id: cells

        property bool strong: false
        property color ink: Theme.ink
        property int textSize: 16

        DeskText {
            required property string modelData
            required property int index

            x: root.nameWidth + 12 + index * root.cellWidth
            width: root.cellWidth
            text: modelData
            strong: cells.strong
            color: cells.ink
            font.pixelSize: cells.textSize
            horizontalAlignment: Text.AlignRight
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent?.verticalCenter
        }
    }

    Item {
        id: head

        width: parent.width
        height: 34

        Cells {
            model: root.heads
            ink: Theme.inkSoft
            textSize: 15
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
    }

    ListView {
        id: list

        objectName: "reportRows"
        y: head.height
        width: parent.width
        height: parent.height - y
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        activeFocusOnTab: interactive
        cacheBuffer: 0
        // No line takes the focus from the list.
        currentIndex: -1
        model: root.rows
        Keys.onDownPressed: contentY = Math.min(contentY + 60, Math.max(0, contentHeight - height))
        Keys.onUpPressed: contentY = Math.max(0, contentY - 60)

        delegate: Item {
            id: line

            required property var modelData
            required property int index

            width: ListView.view.width
            height: Math.max(36, name.height + 12)

            DeskText {
                id: name

                x: 6
                width: root.nameWidth
                text: line.modelData.name
                strong: line.index === 0
                font.pixelSize: 17
                anchors.verticalCenter: parent.verticalCenter
            }

            Cells {
                model: line.modelData.cells
                strong: line.index === 0
            }

            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 1
                color: Theme.line
            }
        }
    }

    FocusRing {
        visible: list.activeFocus
        anchors.margins: -4
        border.width: 3
        radius: 12
    }
}
