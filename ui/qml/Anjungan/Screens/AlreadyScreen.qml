import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "info"
    heading: Texts.say("already.title")
    sentence: Texts.say("already.text")

    BigKey {
        objectName: "proveKnown"
        x: root.keysX - Theme.pick(0, 100)
        y: root.keysTop - Theme.pick(0, 20)
        width: root.keysWidth + Theme.pick(0, 100)
        icon: "magnifying-glass"
        iconAfter: false
        text: Texts.say("menu.status")
        onTapped: root.visit.proof.proveKnown()
    }

    QuietKey {
        objectName: "endAlready"
        width: Theme.pick(471, Theme.nextWidth)
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        height: Theme.navHeight
        icon: "check"
        text: Texts.say("stop.end")
        onTapped: root.visit.leave()
    }
}
