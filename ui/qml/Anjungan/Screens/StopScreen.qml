import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "hand-waving"
    heading: visit.title
    sentence: visit.lead

    MainKey {
        objectName: "callFromStop"
        x: Theme.margin
        y: 1330
        width: Theme.width
        height: 180
        icon: "hand-waving"
        iconAfter: false
        iconSize: 64
        pixelSize: 54
        ledgeHeight: Theme.heroLedge
        text: Texts.say("common.call_staff")
        onTapped: root.visit.callStaff()
    }

    QuietKey {
        objectName: "backFromStop"
        x: Theme.margin
        y: Theme.navTop
        width: 471
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }

    QuietKey {
        objectName: "endFromStop"
        x: 553
        y: Theme.navTop
        width: 471
        height: Theme.navHeight
        icon: "check"
        text: Texts.say("stop.end")
        onTapped: root.visit.leave()
    }
}
