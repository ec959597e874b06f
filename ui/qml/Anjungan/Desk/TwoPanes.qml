import QtQuick

// What is chosen from, and beside it (below it where the screen stands upright) what is chosen.
Item {
    id: root

    default property alias content: first.data
    property alias beside: second.data
    property real share: 0.4
    readonly property bool wide: width >= 1200

    Pane {
        id: first

        x: 24
        y: 12
        width: root.wide ? Math.round(root.width * 0.36) : parent.width - 48
        height: root.wide ? parent.height - 28 : Math.round((parent.height - 28) * root.share)
    }

    Pane {
        id: second

        x: root.wide ? first.x + first.width + 16 : 24
        y: root.wide ? 12 : first.y + first.height + 14
        width: parent.width - x - 24
        height: parent.height - y - 16
    }
}
