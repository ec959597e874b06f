pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// The draft: what it changes for whom, why it was not taken, and publishing it.
Item {
    id: root

    required property ConfigDraftModel draft
    required property bool hasKey
    // The version that came meanwhile, 0 for none.
    required property int newer
    readonly property bool busy: draft.stage !== ""

    DeskText {
        id: title

        text: Texts.say("console.config.draft")
        strong: true
        font.pixelSize: 28
    }

    DeskText {
        objectName: "draftSize"
        anchors.right: parent.right
        anchors.baseline: title.baseline
        text: root.draft.size
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    DeskText {
        id: lead

        objectName: "draftLead"
        y: title.height + 8
        width: parent.width
        text: root.busy ? root.draft.stage : root.draft.lines.length === 0 ? Texts.say("console.config.draft_empty") : root.hasKey ? Texts.say("console.config.draft_lead") : Texts.say("console.config.needs_key")
        strong: root.busy
        color: root.busy ? Theme.sea : Theme.inkSoft
        lineHeight: 1.2
    }

    Rectangle {
        id: problems

        visible: root.draft.problems.length > 0
        y: lead.y + lead.height + 12
        width: parent.width
        height: visible ? told.height + 24 : 0
        radius: 10
        color: Theme.brickTint
        border.width: Theme.contrast ? 2 : 0
        border.color: Theme.brick

        DeskText {
            id: told

            objectName: "draftProblems"
            x: 16
            y: 12
            width: parent.width - 32
            text: root.draft.problems.slice(0, 5).join("\n")
            strong: true
            color: Theme.brick
            font.pixelSize: 16
            lineHeight: 1.2
        }
    }

    ConfigSays {
        y: problems.y + problems.height + 10
        width: parent.width
        height: keys.y - y - 10
        mayTakeBack: !root.busy
        model: root.draft.lines
        onTakenBack: id => root.draft.takeBack(id)
    }

    Item {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width
        height: 54
        visible: !root.busy

        Row {
            height: parent.height
            spacing: 12

            DeskKey {
                objectName: "addChange"
                height: parent.height
                icon: "plus"
                text: Texts.say("console.config.add")
                onTapped: root.draft.add()
            }

            DeskKey {
                objectName: "dropDraft"
                height: parent.height
                icon: "x"
                text: Texts.say("console.config.drop")
                onTapped: root.draft.drop()
            }
        }

        // Before it the draft would be refused.
        DeskMainKey {
            objectName: "catchUp"
            visible: root.newer > 0
            anchors.right: parent.right
            height: parent.height
            icon: "arrow-up-right"
            text: Texts.say("console.config.catch_up", {
                "version": root.newer
            })
            onTapped: root.draft.catchUp()
        }

        DeskMainKey {
            objectName: "publishDraft"
            visible: root.hasKey && root.newer === 0 && root.draft.lines.length > 0
            anchors.right: parent.right
            height: parent.height
            icon: "upload-simple"
            text: Texts.say("console.config.publish")
            onTapped: root.draft.publish()
        }
    }
}
