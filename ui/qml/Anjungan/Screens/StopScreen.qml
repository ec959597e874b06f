import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "hand-waving"
    heading: visit.title
    sentence: visit.lead

    BigKey {
        objectName: "callFromStop"
        x: root.keysX - Theme.pick(0, 100)
        y: root.keysTop - Theme.pick(0, 20)
        width: root.keysWidth + Theme.pick(0, 100)
        icon: "hand-waving"
        iconAfter: false
        text: Texts.say("common.call_staff")
        onTapped: root.visit.callStaff()
    }

    QuietKey {
        objectName: "backFromStop"
        x: Theme.margin
        y: Theme.navTop
        width: Theme.pick(471, Theme.backWidth)
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }

    QuietKey {
        objectName: "endFromStop"
        width: Theme.pick(471, Theme.nextWidth)
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        height: Theme.navHeight
        icon: "check"
        text: Texts.say("stop.end")
        onTapped: root.visit.leave()
    }
}
