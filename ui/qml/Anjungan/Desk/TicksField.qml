pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Several of a few things, each ticked by itself: by touch, or with Tab and the space bar.
FocusScope {
    id: root

    required property FormFieldModel field
    readonly property list<string> ticked: field.text === "" ? [] : field.text.split(",")

    implicitHeight: column.height
    Accessible.role: Accessible.Grouping
    Accessible.name: field.label

    // What is ticked is written in the order in which it is offered.
    function toggle(id: string): void {
        field.write(field.options.map(one => one.id).filter(one => ticked.includes(one) !== (one === id)).join(","));
    }

    Column {
        id: column

        width: parent.width
        spacing: 8

        Repeater {
            model: root.field.options

            TickKey {
                required property var modelData
                required property int index

                objectName: root.field.key + "_" + modelData.id
                width: column.width
                height: Math.max(42, implicitHeight)
                focus: index === 0
                label: modelData.label
                ticked: root.ticked.includes(modelData.id)
                wrong: root.field.problem !== ""
                onTapped: root.toggle(modelData.id)
            }
        }
    }
}
