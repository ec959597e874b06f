pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    readonly property bool none: visit.phone.none

    keyboard: "pad"

    Column {
        width: root.workWidth
        spacing: Theme.sized([30, 18, 18], [22, 20, 18])

        Row {
            spacing: Theme.gap

            Repeater {
                model: root.visit.phoneOwner.choices

                Option {
                    required property var modelData

                    objectName: "phone-" + modelData.id
                    width: (root.workWidth - 2 * Theme.gap) / 3
                    height: Theme.optionHeight
                    pixelSize: Theme.sized([36, 38, 38], [25, 27, 27])
                    text: modelData.label
                    chosen: root.visit.phoneOwner.chosen === modelData.id
                    onTapped: root.visit.phoneOwner.choose(modelData.id)
                }
            }
        }

        Field {
            visible: !root.none
            width: parent.width
            label: Texts.say("phone.label")
            text: root.visit.phone.number
            active: !root.none
            wrong: root.visit.phone.wrong !== ""
        }

        Banner {
            // In larger text there is room only for what is wrong.
            visible: Theme.textStep === 0 || root.none || kind === "wrong"
            width: parent.width
            kind: root.visit.phone.wrong !== "" ? "wrong" : "info"
            title: root.visit.phone.wrong
            text: root.visit.phone.wrong !== "" ? "" : Texts.say(root.none ? "phone.none_text" : "phone.reassure")
        }
    }

    AddKey {
        objectName: "addEmail"
        y: root.workHeight - height - Theme.pick(4, 0)
        width: root.workWidth
        text: Texts.say("phone.add_email")
        chosen: root.visit.addEmail.wanted
        onTapped: root.visit.addEmail.toggle()
    }

    keys: [
        NumberPad {
            visible: !root.none
            anchors.fill: parent
            onTyped: digits => root.visit.phone.type(digits)
            onDeleted: root.visit.phone.erase()
            onCleared: root.visit.phone.clear()
        },
        Picture {
            visible: root.none && !Theme.contrast
            anchors.fill: parent
            name: "warga"
        }
    ]
}
