pragma ComponentBehavior: Bound
import QtQuick

// A QR code to photograph: black on white in every colour scheme, each module whole pixels.
Rectangle {
    id: root

    // Dark runs of {x, y, length} in modules, of a code so many modules a side.
    required property list<var> runs
    required property int module
    readonly property int modules: 21
    readonly property int quiet: 4

    implicitWidth: (modules + 2 * quiet) * module
    implicitHeight: implicitWidth
    color: "#FFFFFF"
    Accessible.role: Accessible.Graphic

    Repeater {
        model: root.runs

        Rectangle {
            required property var modelData

            x: (root.quiet + modelData.x) * root.module
            y: (root.quiet + modelData.y) * root.module
            width: modelData.length * root.module
            height: root.module
            color: "#000000"
        }
    }
}
