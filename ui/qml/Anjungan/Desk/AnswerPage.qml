pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The branch's answer: the file at one side, at the other what it would change.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property AnswerModel answer: desk.answer

    share: 0.32
    beside: [
        DeskText {
            visible: root.answer.title === ""
            anchors.centerIn: parent
            width: parent.width - 120
            text: Texts.say("desk.answer.choose")
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        },
        PreviewPane {
            visible: root.answer.title !== ""
            anchors.fill: parent
            anchors.margins: 24
            shown: root.answer.shown
            work: root.answer.work
            title: root.answer.title
            lead: root.answer.lead
            problem: root.answer.problem
            locked: root.answer.locked
            saveText: root.answer.saveText
            onSaved: root.answer.save()
            onUnlocked: password => root.answer.unlock(password)
        }
    ]

    DeskText {
        id: title

        x: 20
        y: 18
        text: Texts.say("desk.files.title")
        strong: true
        font.pixelSize: 22
    }

    FileList {
        anchors.top: title.bottom
        anchors.topMargin: 12
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 12
        x: 16
        width: parent.width - 32
        files: root.answer.files
    }
}
