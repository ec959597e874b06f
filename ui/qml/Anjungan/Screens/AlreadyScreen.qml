import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "info"
    heading: Texts.say("already.title")
    sentence: Texts.say("already.text")

    MainKey {
        objectName: "endAlready"
        x: Theme.margin
        y: 1330
        width: Theme.width
        height: 180
        icon: "check"
        pixelSize: 54
        ledgeHeight: Theme.heroLedge
        text: Texts.say("stop.end")
        onTapped: root.visit.leave()
    }
}
