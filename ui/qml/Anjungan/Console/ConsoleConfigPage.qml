pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// The versions of the configuration; beside them one of these, the draft, or a form.
Item {
    id: root

    required property ConsoleModel admin
    readonly property ConfigModel config: admin.config
    readonly property ConfigDraftModel draft: config.draftModel

    visible: config.ready

    Row {
        x: 24
        y: 12
        spacing: 12

        DeskMainKey {
            objectName: "beginDraft"
            height: 48
            icon: "pencil-simple"
            ready: !root.draft.open
            text: Texts.say("console.config.begin")
            onTapped: if (!root.draft.open)
                root.draft.begin()
        }

        DeskKey {
            objectName: "makeKey"
            visible: !root.config.hasKey
            height: 48
            icon: "lock-key"
            text: Texts.say("console.config.make_key")
            onTapped: root.config.makeKey()
        }

        DeskKey {
            objectName: "copyKey"
            visible: root.config.hasKey
            height: 48
            icon: "clipboard-text"
            text: Texts.say("console.config.copy_key")
            onTapped: root.config.copyKey()
        }

        DeskKey {
            objectName: "knowAdmin"
            visible: root.config.hasKey
            height: 48
            icon: "user-plus"
            text: Texts.say("console.config.know_admin")
            onTapped: root.config.knowAdmin()
        }
    }

    TwoPanes {
        y: 56
        width: parent.width
        height: parent.height - y
        beside: [
            ConfigVersion {
                visible: !root.admin.filling && root.config.chosen !== "draft" && root.config.chosen !== ""
                anchors.fill: parent
                anchors.margins: 24
                config: root.config
            },
            ConfigDraft {
                visible: !root.admin.filling && root.config.chosen === "draft"
                anchors.fill: parent
                anchors.margins: 24
                draft: root.draft
                hasKey: root.config.hasKey
                newer: root.config.newer
            },
            DeskText {
                objectName: "configNone"
                visible: !root.admin.filling && root.config.chosen === ""
                anchors.centerIn: parent
                width: parent.width - 120
                text: Texts.say("console.config.none")
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
                lineHeight: 1.3
            },
            Loader {
                anchors.fill: parent
                active: root.admin.filling

                sourceComponent: FormPane {
                    form: root.admin.form
                }
            }
        ]

        PickList {
            objectName: "versions"
            kind: "version"
            lines: root.config.lines
            chosen: root.config.chosen
            onPicked: id => root.config.choose(id)
        }
    }
}
