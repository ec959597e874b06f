import QtQuick
import Anjungan.Look

// What only the person knows: the birth date, the end of the telephone number, or the name.
AskScreen {
    id: root

    readonly property string by: visit.proof.by
    readonly property bool named: by === "name"
    readonly property bool hinted: !(named && !Theme.portrait) && Theme.pick(Theme.textStep < 2, Theme.textStep < 1)

    // Above the letters of a lying screen there is no room for a banner: the lead gives way.
    readonly property bool cramped: named && !Theme.portrait

    title: visit.proof.title
    complains: cramped && visit.proof.problem !== ""
    lead: !complains ? visit.proof.lead : visit.proof.advice !== "" ? visit.proof.advice : visit.proof.problem
    led: complains || !hinted && !(Theme.largest && (named || visit.proof.problem !== ""))
    keyboard: named ? "board" : "pad"
    ready: visit.proof.ready && !visit.proof.busy
    onAnswered: visit.proof.next()

    Column {
        width: root.workWidth
        spacing: Theme.sized([34, 26, 22], [16, 14, 12])

        KtpHint {
            visible: root.hinted && root.by !== "phone_end"
            width: parent.width
            mark: Texts.say(root.named ? "review.name" : "name.birth_date")
            markedLine: root.named ? 1 : 2
            text: root.visit.proof.lead
        }

        Item {
            visible: root.hinted && root.by === "phone_end"
            width: parent.width
            height: phone.height

            Icon {
                id: phone

                name: "device-mobile"
                size: Theme.pick(150, 100)
            }

            Words {
                x: phone.width + Theme.pick(30, 20)
                width: parent.width - x
                anchors.verticalCenter: parent.verticalCenter
                text: root.visit.proof.lead
                color: Theme.inkSoft
            }
        }

        Words {
            visible: root.by === "phone_end"
            text: Texts.say("phone.label")
            strong: true
            font.pixelSize: Theme.h3
            lineHeight: 1
        }

        Row {
            visible: !root.named
            spacing: Theme.pick(30, 20)

            Words {
                visible: root.by === "phone_end"
                anchors.verticalCenter: parent.verticalCenter
                text: "08••  ••••"
                strong: true
                color: Theme.inkSoft
                font.pixelSize: Theme.nikDigit
                lineHeight: 1
            }

            DigitCells {
                width: root.by === "phone_end" ? 4 * Theme.pick(84, 58) + 8 : root.workWidth
                label: root.visit.proof.title
                groups: root.visit.proof.groups
                captions: root.by === "birth_date" ? [Texts.say("name.birth_day"), Texts.say("name.birth_month"), Texts.say("name.birth_year")] : []
                digits: root.visit.proof.typed
            }
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: root.visit.proof.count
            strong: true
            color: Theme.leaf
            font.pixelSize: Theme.h2
            lineHeight: 1
        }

        Field {
            visible: root.named
            width: parent.width
            label: Theme.portrait ? Texts.say("name.label") : ""
            Accessible.name: Texts.say("name.label")
            text: root.visit.proof.typed
            active: true
            wrong: root.visit.proof.problem !== ""
        }

        Banner {
            visible: title !== "" && !root.cramped
            width: parent.width
            kind: text === "" ? "wrong" : "look"
            title: root.visit.proof.problem
            text: root.visit.proof.advice
        }
    }

    keys: [
        NumberPad {
            visible: !root.named
            anchors.fill: parent
            onTyped: digits => root.visit.proof.type(digits)
            onDeleted: root.visit.proof.erase()
            onCleared: root.visit.proof.clear()
        },
        LetterBoard {
            visible: root.named
            anchors.fill: parent
            onTyped: letter => root.visit.proof.type(letter)
            onDeleted: root.visit.proof.erase()
        }
    ]
}
