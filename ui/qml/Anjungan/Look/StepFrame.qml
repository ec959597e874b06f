import QtQuick
import Anjungan.Models

// Around every question: how far one is, the question itself, and two keys that never move.
Item {
    id: root

    required property VisitModel visit
    readonly property string step: visit.headStep
    readonly property bool consenting: step === "consent"
    readonly property bool padded: step === "nik" || step === "phone" || step === "income"
    readonly property bool lettered: step === "name" || step === "elsewhere"
    readonly property var endings: ({
            "calculate": "benefits.register",
            "remind": "pay.remind"
        })
    // These show what is missing beside the field itself.
    readonly property bool saysItself: padded || step === "review" || lettered
    readonly property int headWidth: Theme.portrait || !padded ? Theme.width : 790
    // No positioner: it would only know its height while painting, too late for the work below.
    readonly property bool led: lead.wanted && lead.text !== ""
    readonly property int workTop: (led ? lead.y + lead.height : question.y + question.height) + Theme.pick(26, 14)

    StepBar {
        // Lying, who helps stands in its place: that person knows the way.
        visible: Theme.portrait || root.visit.helper === ""
        x: Theme.pick(Theme.margin, 686)
        y: Theme.pick(138, 20)
        width: Theme.pick(Theme.width, 640)
        number: root.visit.stepNumber
        count: root.visit.stepCount
        name: root.visit.stepName
    }

    Words {
        id: question

        x: Theme.margin
        y: Theme.headTop
        width: root.headWidth
        text: root.step === "name" && root.visit.name.dating ? Texts.say("proof.birth_date_title") : root.visit.title
        strong: true
        font.pixelSize: Theme.h1
        lineHeight: 1.05
    }

    Words {
        id: lead

        readonly property bool complains: !root.saysItself && root.visit.problem !== ""
        // A picture of the KTP carries the lead where one is shown; at the largest it goes, but for
        // the one that tells what a second job costs.
        readonly property bool wanted: complains || root.step === "second_work" || !(Theme.largest || root.step === "nik" || root.step === "name" || (root.step === "income" && (!Theme.portrait || Theme.textStep > 0)) || (root.lettered && !Theme.portrait && Theme.textStep > 0))

        objectName: "lead"
        visible: wanted && text !== ""
        x: Theme.margin
        y: question.y + question.height + Theme.pick(14, 6)
        width: root.headWidth
        text: complains ? root.visit.problem : root.visit.lead
        strong: complains
        color: complains ? Theme.brick : Theme.inkSoft
        lineHeight: 1.15
    }

    QuietKey {
        objectName: "back"
        x: Theme.margin
        y: Theme.navTop
        width: root.consenting ? Theme.pick(Theme.textStep > 0 ? 420 : 340, 236) : Theme.backWidth
        height: Theme.navHeight
        icon: !root.consenting ? "arrow-left" : Theme.portrait || Theme.textStep === 0 ? "x" : ""
        text: Texts.say(root.consenting ? "consent.refuse" : "common.back")
        onTapped: root.visit.back()
    }

    MainKey {
        objectName: "next"
        width: root.consenting ? Theme.pick(Theme.textStep > 0 ? 524 : 580, Theme.nextWidth) : Theme.nextWidth
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        height: Theme.navHeight
        ready: (root.visit.ready || root.consenting) && !root.visit.busy
        icon: root.visit.ending === "remind" ? "printer" : root.step === "review" && !root.visit.more ? "check" : "arrow-right"
        text: Texts.say(root.visit.ending !== "" ? root.endings[root.visit.ending] : root.consenting ? "consent.agree" : root.step !== "review" || root.visit.more ? "common.next" : root.visit.busy ? "review.saving" : "review.register")
        onTapped: root.consenting ? root.visit.agree() : root.visit.next()
    }
}
