pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// One version: how far it came, why it was made, what it says, and the way back.
Item {
    id: root

    required property ConfigModel config
    readonly property var detail: config.detail

    DeskText {
        id: title

        objectName: "versionTitle"
        text: root.detail.title ?? ""
        strong: true
        font.pixelSize: 28
    }

    Tag {
        objectName: "versionState"
        visible: text !== ""
        anchors.right: parent.right
        anchors.verticalCenter: title.verticalCenter
        text: root.detail.tag ?? ""
        tone: root.detail.tone ?? "sand"
        icon: root.detail.icon ?? "package"
    }

    KnownFacts {
        id: facts

        y: title.height + 18
        width: parent.width
        facts: root.detail.facts ?? []
    }

    DeskText {
        id: said

        y: facts.y + facts.height + 20
        text: Texts.say((root.detail.says ?? []).length > 0 ? "console.config.says" : "console.config.says_nothing")
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    ConfigSays {
        y: said.y + said.height + 4
        width: parent.width
        height: keys.y - y - 10
        mayTakeBack: false
        model: root.detail.says ?? []
    }

    Row {
        id: keys

        anchors.bottom: parent.bottom
        anchors.right: parent.right
        height: 54
        spacing: 12

        DeskKey {
            objectName: "withdraw"
            visible: root.detail.mayWithdraw ?? false
            height: parent.height
            icon: "prohibit"
            text: Texts.say("console.config.withdraw")
            onTapped: root.config.withdraw()
        }

        DeskMainKey {
            objectName: "rollBack"
            visible: (root.detail.backTo ?? -1) >= 0
            height: parent.height
            icon: "arrow-counter-clockwise"
            text: root.detail.backTo > 0 ? Texts.say("console.config.back_to", {
                "version": root.detail.backTo
            }) : Texts.say("console.config.back_to_none")
            onTapped: root.config.rollBack(root.detail.backTo)
        }
    }
}
