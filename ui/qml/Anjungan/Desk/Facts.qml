pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Facts below one another; the NIK can be looked at in full, which is kept.
Column {
    id: root

    required property list<var> facts
    required property string wholeNik

    signal lookedAt

    spacing: 12

    Repeater {
        model: root.facts

        Item {
            id: fact

            required property var modelData
            readonly property bool isNik: modelData.key === "nik"

            width: root.width
            height: label.height + 5 + value.height

            DeskText {
                id: label

                text: fact.modelData.label
                color: Theme.inkSoft
                font.pixelSize: 16
            }

            DeskText {
                id: value

                y: label.height + 5
                width: fact.isNik ? implicitWidth : parent.width
                text: fact.isNik && root.wholeNik !== "" ? root.wholeNik : fact.modelData.value
                strong: true
                font.pixelSize: 17
                wrapMode: fact.isNik ? Text.NoWrap : Text.Wrap
            }

            DeskKey {
                objectName: "seeNik"
                visible: fact.isNik && root.wholeNik === ""
                x: value.width + 4
                y: label.height - 6
                height: 36
                flat: true
                edgeWidth: 0
                textSize: 16
                text: Texts.say("desk.see")
                onTapped: root.lookedAt()
            }
        }
    }
}
