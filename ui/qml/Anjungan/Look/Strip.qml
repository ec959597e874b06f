pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Models

// What can be done on every screen, always in the same place: at the bottom of an upright
// screen, between the two keys of a lying one.
Item {
    id: root

    required property KioskModel kiosk
    property bool canLeave: true
    // On a dark screen the lying strip needs a ground of its own.
    property bool framed: false
    readonly property var keys: [["leave", "common.leave", "sign-out"], ["language", "", "translate"], ["textSize", kiosk.textStep === 2 ? "common.text_normal" : "common.text_larger", "text-aa"], ["contrast", kiosk.contrast ? "common.colours" : "common.contrast", "circle-half"], ["help", "common.call_staff", "hand-waving"]]
    // Wider where the words are longer.
    readonly property var shares: canLeave ? [4, 4, 5, 5, 7] : [0, 5, 6, 6, 8]

    signal leaveTapped
    signal helpTapped

    function act(name: string): void {
        if (name === "leave")
            root.leaveTapped();
        else if (name === "language")
            root.kiosk.switchLanguage();
        else if (name === "textSize")
            root.kiosk.nextTextSize();
        else if (name === "contrast")
            root.kiosk.toggleContrast();
        else
            root.helpTapped();
    }

    Rectangle {
        visible: Theme.portrait || root.framed
        anchors.fill: parent
        color: Theme.sand
        radius: Theme.pick(0, Theme.radius)

        Rectangle {
            visible: Theme.portrait
            width: parent.width
            height: Theme.tileEdge
            color: Theme.line
        }
    }

    Row {
        x: Theme.pick(20, 0)
        y: Theme.pick(8, 2)

        Repeater {
            model: root.keys

            StripKey {
                id: key

                required property var modelData
                required property int index

                objectName: modelData[0]
                visible: width > 0
                width: (root.width - 2 * Theme.pick(20, 0)) * root.shares[index] / 25
                height: root.height - Theme.pick(12, 8)
                face: Theme.portrait || root.framed ? Theme.sand : Theme.paper
                label: modelData[0] === "language" ? root.kiosk.nextLanguage : Texts.say(modelData[1])
                sign: modelData[2]
                onTapped: root.act(key.modelData[0])

                Rectangle {
                    visible: Theme.portrait && key.index > (root.canLeave ? 0 : 1)
                    y: 18
                    width: Theme.tileEdge
                    height: parent.height - 36
                    color: Theme.line
                }
            }
        }
    }
}
