import QtQuick
import Anjungan.Look

// The number on the slip, or the NIK.
AskScreen {
    id: root

    readonly property bool byNumber: visit.proof.by === "birth_date"
    readonly property bool hinted: Theme.pick(Theme.textStep < 2, Theme.textStep < 1)

    title: visit.proof.title
    lead: visit.proof.lead
    led: !hinted && !(Theme.largest && visit.proof.advice !== "")
    ready: visit.proof.ready && !visit.proof.busy
    onAnswered: visit.proof.next()

    Column {
        width: root.workWidth
        spacing: Theme.sized([34, 26, 22], [16, 14, 12])

        SlipHint {
            visible: root.hinted && root.byNumber
            width: parent.width
            text: root.visit.proof.lead
        }

        KtpHint {
            visible: root.hinted && !root.byNumber
            width: parent.width
            mark: "NIK 3604…"
            markedLine: 0
            text: root.visit.proof.lead
        }

        Item {
            width: parent.width
            height: Theme.pick(56, 40)

            Words {
                id: label

                text: Texts.say(root.byNumber ? "slip.number" : "nik.label")
                strong: true
                font.pixelSize: Theme.h3
                lineHeight: 1
            }

            Words {
                anchors.right: parent.right
                anchors.baseline: label.baseline
                text: root.visit.proof.count
                strong: true
                color: root.visit.proof.ready ? Theme.leaf : Theme.inkSoft
                font.pixelSize: Theme.small
                lineHeight: 1
            }
        }

        DigitCells {
            width: parent.width
            label: Texts.say(root.byNumber ? "slip.number" : "nik.label")
            groups: root.visit.proof.groups
            digits: root.visit.proof.typed
            wrong: root.visit.proof.wrong
        }

        Banner {
            visible: title !== ""
            width: parent.width
            kind: text === "" ? "wrong" : "look"
            title: root.visit.proof.problem
            text: root.visit.proof.advice
        }
    }

    keys: NumberPad {
        anchors.fill: parent
        onTyped: digits => root.visit.proof.type(digits)
        onDeleted: root.visit.proof.erase()
        onCleared: root.visit.proof.clear()
    }
}
