pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    Row {
        x: Theme.margin
        y: 424
        spacing: 20

        Repeater {
            model: root.visit.phoneOwner.choices

            Option {
                required property var modelData

                objectName: "phone-" + modelData.id
                width: 309
                height: 112
                text: modelData.label
                chosen: root.visit.phoneOwner.chosen === modelData.id
                onTapped: root.visit.phoneOwner.choose(modelData.id)
            }
        }
    }

    Field {
        visible: !root.visit.phone.none
        x: Theme.margin
        y: 572
        width: Theme.width
        label: Texts.say("phone.label")
        text: root.visit.phone.number
        active: root.visit.phone.wanted
        wrong: root.visit.phone.wrong !== ""
    }

    Banner {
        visible: root.visit.phone.wrong !== ""
        x: Theme.margin
        y: 790
        width: Theme.width
        kind: "wrong"
        title: root.visit.phone.wrong
    }

    Banner {
        visible: !root.visit.phone.none && root.visit.phone.wrong === ""
        x: Theme.margin
        y: 800
        width: Theme.width
        text: Texts.say("phone.reassure")
    }

    Banner {
        visible: root.visit.phone.none
        x: Theme.margin
        y: 600
        width: Theme.width
        text: Texts.say("phone.none_text")
    }

    Picture {
        visible: root.visit.phone.none && !Theme.contrast
        anchors.horizontalCenter: parent.horizontalCenter
        y: 820
        width: 800
        height: 700
        name: "warga"
    }

    Rectangle {
        visible: root.visit.phone.none && !Theme.contrast
        x: Theme.margin
        y: 1520
        width: Theme.width
        height: 3
        color: Theme.line
    }

    NumberPad {
        visible: !root.visit.phone.none
        x: Theme.margin
        y: Theme.keysBottom - height
        width: Theme.width
        onTyped: digits => root.visit.phone.type(digits)
        onDeleted: root.visit.phone.erase()
        onCleared: root.visit.phone.clear()
    }
}
