import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "info"
    heading: Texts.say("already.title")
    sentence: Texts.say("already.text")

    BigKey {
        objectName: "endAlready"
        x: root.keysX - Theme.pick(0, 100)
        y: root.keysTop - Theme.pick(0, 20)
        width: root.keysWidth + Theme.pick(0, 100)
        text: Texts.say("stop.end")
        onTapped: root.visit.leave()
    }
}
