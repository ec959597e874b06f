import QtQuick
import Anjungan.Look

MessageScreen {
    id: root

    icon: "clock"
    heading: Texts.say("proof.unfinished_title")
    sentence: Texts.say("proof.unfinished")

    QuietKey {
        objectName: "startAnew"
        x: Theme.pick(Theme.margin, root.keysX - 100)
        y: Theme.pick(root.keysTop + 30, root.keysTop + 40)
        width: Theme.sheetWidth - Theme.margin - x
        height: Theme.navHeight
        icon: ""
        text: Texts.say("proof.start_anew")
        onTapped: root.visit.proof.startAnew()
    }

    BigKey {
        objectName: "takeUp"
        x: Theme.pick(Theme.margin, root.keysX - 100)
        y: Theme.pick(root.keysTop - 190, root.keysTop - 100)
        width: Theme.sheetWidth - Theme.margin - x
        icon: "arrow-right"
        text: Texts.say("proof.take_up")
        onTapped: root.visit.proof.takeUp()
    }
}
