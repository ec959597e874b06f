pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// A few things side by side, one of them chosen: by touch, or with the arrows.
FocusScope {
    id: root

    required property FormFieldModel field
    readonly property int chosen: field.options.findIndex(one => one.id === field.text)

    objectName: field.key
    implicitHeight: flow.height
    activeFocusOnTab: true
    Accessible.role: Accessible.RadioButton
    Accessible.name: field.label

    Keys.onLeftPressed: step(-1)
    Keys.onUpPressed: step(-1)
    Keys.onRightPressed: step(1)
    Keys.onDownPressed: step(1)

    function step(by: int): void {
        const count = field.options.length;
        if (count > 0)
            field.write(field.options[((chosen < 0 ? (by > 0 ? -1 : count) : chosen) + by + count) % count].id);
    }

    Flow {
        id: flow

        width: parent.width
        spacing: 8

        Repeater {
            model: root.field.options

            Key {
                id: option

                required property var modelData
                readonly property bool chosen: modelData.id === root.field.text

                objectName: root.field.key + "_" + modelData.id
                Accessible.role: Accessible.RadioButton
                Accessible.checked: chosen
                activeFocusOnTab: false
                flat: true
                width: words.implicitWidth + 32 + (chosen ? 28 : 0)
                height: 42
                radius: 10
                Accessible.name: modelData.label
                edgeWidth: chosen ? 3 : 2
                face: chosen ? Theme.seaTint : Theme.card
                edge: chosen ? Theme.sea : root.field.problem !== "" ? Theme.brick : Theme.control
                onTapped: {
                    root.forceActiveFocus();
                    root.field.write(modelData.id);
                }

                Row {
                    anchors.centerIn: parent
                    spacing: 8

                    Icon {
                        visible: option.chosen
                        name: "check"
                        size: 20
                        ink: Theme.sea
                        anchors.verticalCenter: parent.verticalCenter
                    }

                    DeskText {
                        id: words

                        text: option.modelData.label
                        strong: option.chosen
                        wrapMode: Text.NoWrap
                        anchors.verticalCenter: parent.verticalCenter
                    }
                }
            }
        }
    }

    FocusRing {
        visible: root.activeFocus
        anchors.margins: -5
        border.width: 3
        radius: 12
    }
}
