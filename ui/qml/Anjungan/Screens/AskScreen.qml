import QtQuick
import Anjungan.Look

// A question outside of the registration: its work, its keys where all keys stand, and two below.
VisitScreen {
    id: root

    property string title: ""
    property string lead: ""
    property bool complains: false
    property alias led: leadWords.visible
    // "pad" for digits, "board" for letters.
    property string keyboard: "pad"
    property bool ready: true
    default property alias work: area.data
    property alias keys: zone.data
    readonly property bool padded: keyboard === "pad"
    readonly property int workWidth: area.width

    signal answered

    Column {
        id: head

        x: Theme.margin
        y: Theme.plainTop + (Theme.portrait && Theme.textStep === 0 ? 40 : 0)
        width: area.width
        spacing: Theme.pick(14, 6)

        Words {
            width: parent.width
            text: root.title
            strong: true
            font.pixelSize: Theme.h1
            lineHeight: 1.05
        }

        Words {
            id: leadWords

            width: parent.width
            text: root.lead
            strong: root.complains
            color: root.complains ? Theme.brick : Theme.inkSoft
            lineHeight: 1.15
        }
    }

    Item {
        id: area

        x: Theme.margin
        y: head.y + head.height + Theme.pick(36, 18)
        width: root.padded && !Theme.portrait ? 790 : Theme.width
    }

    Item {
        id: zone

        x: root.padded ? Theme.padX : Theme.margin
        y: root.padded ? Theme.padTop : Theme.boardTop
        width: root.padded ? Theme.padWidth : Theme.width
        height: Theme.workBottom - y
    }

    QuietKey {
        objectName: "askBack"
        x: Theme.margin
        y: Theme.navTop
        width: Theme.backWidth
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }

    MainKey {
        objectName: "askNext"
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        width: Theme.nextWidth
        height: Theme.navHeight
        ready: root.ready
        text: Texts.say("common.next")
        onTapped: root.answered()
    }
}
