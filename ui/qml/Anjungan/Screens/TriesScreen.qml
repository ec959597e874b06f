import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "hand-waving"
    heading: Texts.say("proof.tries_title")
    sentence: visit.proof.lead

    BigKey {
        objectName: "callFromTries"
        x: root.keysX - Theme.pick(0, 100)
        y: root.keysTop - Theme.pick(0, 20)
        width: root.keysWidth + Theme.pick(0, 100)
        icon: "hand-waving"
        iconAfter: false
        text: Texts.say("common.call_staff")
        onTapped: root.visit.callStaff()
    }

    QuietKey {
        objectName: "askBack"
        x: Theme.margin
        y: Theme.navTop
        width: Theme.pick(471, Theme.backWidth)
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }

    QuietKey {
        objectName: "endFromTries"
        width: Theme.pick(471, Theme.nextWidth)
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        height: Theme.navHeight
        icon: "check"
        text: Texts.say("stop.end")
        onTapped: root.visit.leave()
    }
}
