pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Models

// What can be done on every screen, always in the same place: at the bottom of an upright
// screen, between the two keys of a lying one.
Item {
    id: root

    required property KioskModel kiosk
    required property ListenModel listen
    property bool canLeave: true
    // On a dark screen the lying strip needs a ground of its own.
    property bool framed: false
    readonly property var keys: [["leave", "sign-out"], ["language", "translate"], ["textSize", "text-aa"], ["contrast", "circle-half"], ["listen", "speaker-high"], ["help", "hand-waving"]]
    // Parts of the width: wider where the words are longer, and none for what is not there.
    readonly property var shares: kiosk.nextLanguage === "" ? usual.map((share, key) => key === 1 ? 0 : share * 25 / (25 - usual[1])) : usual
    readonly property var usual: listen.possible ? sharesOfSix : canLeave ? [4, 4, 5, 5, 0, 7] : framed && !Theme.portrait ? [0, 5.2, 5.7, 5.7, 0, 8.4] : [0, 5, 6, 6, 0, 8]
    // With all six of them a lying strip sets its words in two lines.
    readonly property var sharesOfSix: Theme.portrait ? (canLeave ? [2.8, 3.5, 4.2, 4.3, 4.5, 5.7] : [0, 4.4, 5, 5, 4.9, 5.7]) : (canLeave ? [3.4, 4.7, 3.8, 4, 5, 4.1] : [0, 5.3, 4.4, 4.6, 5.7, 5])

    signal leaveTapped
    signal helpTapped

    function label(name: string): string {
        if (name === "language")
            return root.kiosk.nextLanguage;
        if (name === "textSize")
            return Texts.say(root.kiosk.textStep === 2 ? "common.text_normal" : "common.text_larger");
        if (name === "contrast")
            return Texts.say(root.kiosk.contrast ? "common.colours" : "common.contrast");
        if (name === "listen")
            return Texts.say(root.listen.playing ? "common.stop_listening" : "common.listen");
        return Texts.say(name === "leave" ? "common.leave" : "common.call_staff");
    }

    function act(name: string): void {
        if (name === "leave")
            root.leaveTapped();
        else if (name === "language")
            root.kiosk.switchLanguage();
        else if (name === "textSize")
            root.kiosk.nextTextSize();
        else if (name === "contrast")
            root.kiosk.toggleContrast();
        else if (name === "listen")
            root.listen.toggle();
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
                label: root.label(modelData[0])
                sign: modelData[1]
                onTapped: root.act(key.modelData[0])

                Rectangle {
                    visible: Theme.portrait && root.shares.slice(0, key.index).some(share => share > 0)
                    y: 18
                    width: Theme.tileEdge
                    height: parent.height - 36
                    color: Theme.line
                }
            }
        }
    }
}
