import QtQuick
import Anjungan.Models

// Around every question: how far one is, the question itself, and two keys that never move.
Item {
    id: root

    required property VisitModel visit
    readonly property string step: visit.screen
    readonly property bool padBelow: step === "nik" || step === "phone" || step === "income"
    readonly property bool saysItself: padBelow || step === "review" || step === "name"

    StepBar {
        x: Theme.margin
        y: 138
        width: Theme.width
        number: root.visit.stepNumber
        count: root.visit.stepCount
        name: root.visit.stepName
    }

    Column {
        x: Theme.margin
        y: Theme.headTop
        width: Theme.width
        spacing: 14

        Words {
            width: parent.width
            text: root.visit.title
            strong: true
            font.pixelSize: Theme.h1
            lineHeight: 1.05
        }

        Words {
            objectName: "lead"
            visible: root.step !== "nik" && root.step !== "name" && text !== ""
            width: parent.width
            text: complains ? root.visit.problem : root.visit.lead
            readonly property bool complains: !root.saysItself && root.visit.problem !== ""
            strong: complains
            color: complains ? Theme.brick : Theme.inkSoft
            lineHeight: 1.15
        }
    }

    QuietKey {
        objectName: "back"
        x: Theme.margin
        y: Theme.navTop
        width: root.step === "consent" ? 340 : 300
        height: Theme.navHeight
        icon: root.step === "consent" ? "x" : "arrow-left"
        text: Texts.say(root.step === "consent" ? "consent.refuse" : "common.back")
        onTapped: root.visit.back()
    }

    MainKey {
        objectName: "next"
        x: root.step === "consent" ? 444 : 424
        y: Theme.navTop
        width: 1024 - x
        height: Theme.navHeight
        ready: (root.visit.ready || root.step === "consent") && !root.visit.busy
        icon: root.step === "review" ? "check" : "arrow-right"
        text: Texts.say(root.step === "consent" ? "consent.agree" : root.step !== "review" ? "common.next" : root.visit.busy ? "review.saving" : "review.register")
        onTapped: root.step === "consent" ? root.visit.agree() : root.visit.next()
    }
}
