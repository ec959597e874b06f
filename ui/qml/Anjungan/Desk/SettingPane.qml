pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// One setting: what it does, how it stands and why; or the slip that would come of a change.
Item {
    id: root

    required property SettingsModel settings
    readonly property var detail: settings.detail
    readonly property bool looking: settings.picture !== ""

    Item {
        visible: !root.looking && root.detail.title !== undefined
        anchors.fill: parent

        DeskText {
            id: title

            objectName: "settingTitle"
            width: parent.width - (tag.visible ? tag.width + 16 : 0)
            text: root.detail.title ?? ""
            strong: true
            font.pixelSize: 28
        }

        Tag {
            id: tag

            visible: text !== ""
            anchors.right: parent.right
            anchors.verticalCenter: title.verticalCenter
            text: root.detail.tag ?? ""
            tone: root.detail.tone ?? "sand"
            icon: root.detail.icon ?? "package"
        }

        DeskText {
            id: explained

            y: title.height + 12
            width: Math.min(parent.width, 620)
            text: root.detail.text ?? ""
            color: Theme.inkSoft
            font.pixelSize: 19
            lineHeight: 1.25
        }

        DeskText {
            id: value

            objectName: "settingValue"
            y: explained.y + explained.height + 18
            width: parent.width
            text: root.detail.note ?? ""
            strong: true
            font.pixelSize: 26
            wrapMode: Text.Wrap
        }

        Rectangle {
            id: misfit

            visible: (root.detail.misfit ?? "") !== ""
            y: value.y + value.height + 14
            width: parent.width
            height: visible ? told.height + 24 : 0
            radius: 10
            color: Theme.amberTint
            border.width: Theme.contrast ? 2 : 0
            border.color: Theme.amber

            Icon {
                x: 14
                name: "warning"
                size: 26
                ink: Theme.amber
                fill: Theme.amberTint
                anchors.verticalCenter: parent.verticalCenter
            }

            DeskText {
                id: told

                x: 52
                width: parent.width - 68
                text: root.detail.misfit ?? ""
                strong: true
                color: Theme.amber
                anchors.verticalCenter: parent.verticalCenter
            }
        }

        Rectangle {
            id: rule

            y: (misfit.visible ? misfit.y + misfit.height : value.y + value.height) + 18
            width: parent.width
            height: 1
            color: Theme.line
        }

        Grid {
            id: facts

            y: rule.y + 18
            width: parent.width
            columns: 2
            rowSpacing: 14

            Repeater {
                model: root.detail.facts ?? []

                Column {
                    id: fact

                    required property var modelData

                    width: facts.width / 2
                    spacing: 4

                    DeskText {
                        text: fact.modelData.label
                        color: Theme.inkSoft
                        font.pixelSize: 16
                    }

                    DeskText {
                        objectName: "settingFact_" + fact.modelData.key
                        width: parent.width - 16
                        text: fact.modelData.value
                        strong: true
                    }
                }
            }
        }

        Flow {
            anchors.bottom: parent.bottom
            width: parent.width - (edit.visible ? edit.width + 14 : 0)
            spacing: 10

            DeskKey {
                objectName: "undoSetting"
                visible: root.detail.mayUndo ?? false
                height: 54
                icon: "arrow-counter-clockwise"
                text: Texts.say("setting.undo")
                textSize: 17
                onTapped: root.settings.undo()
            }

            DeskKey {
                objectName: "inheritSetting"
                visible: root.detail.mayInherit ?? false
                height: 54
                icon: "package"
                text: Texts.say("setting.inherit")
                textSize: 17
                onTapped: root.settings.inherit()
            }
        }

        DeskMainKey {
            id: edit

            objectName: "editSetting"
            visible: root.detail.mayChange ?? false
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 54
            icon: "pencil-simple"
            text: Texts.say("setting.change")
            onTapped: root.settings.edit()
        }
    }

    Item {
        visible: root.looking
        anchors.fill: parent

        DeskText {
            id: word

            width: parent.width - sheet.width - 20
            text: Texts.say("setting.slip_then")
            strong: true
            font.pixelSize: 24
        }

        DeskText {
            y: word.height + 10
            width: word.width
            text: root.settings.pictureOf
            font.pixelSize: 20
            wrapMode: Text.Wrap
        }

        Rectangle {
            id: sheet

            anchors.right: parent.right
            width: Math.min(parent.width * 0.55, 400)
            height: parent.height - keys.height - 14
            color: "#FFFFFF"
            border.width: 2
            border.color: Theme.control

            Flickable {
                id: roll

                anchors.fill: parent
                anchors.margins: 2
                contentHeight: slip.height
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                activeFocusOnTab: true
                Accessible.role: Accessible.Graphic
                Accessible.name: Texts.say("setting.slip_then")
                Keys.onDownPressed: contentY = Math.min(contentY + 60, Math.max(0, contentHeight - height))
                Keys.onUpPressed: contentY = Math.max(contentY - 60, 0)

                Image {
                    id: slip

                    objectName: "slipPicture"
                    width: roll.width
                    height: implicitWidth > 0 ? width * implicitHeight / implicitWidth : 0
                    source: root.settings.picture
                    smooth: true
                    mipmap: true
                }
            }

            FocusRing {
                visible: roll.activeFocus
                anchors.margins: -5
                border.width: 3
                radius: 6
            }
        }

        Item {
            id: keys

            anchors.bottom: parent.bottom
            width: parent.width
            height: 54

            DeskMainKey {
                objectName: "keepSetting"
                anchors.right: parent.right
                height: parent.height
                icon: "check"
                iconAfter: true
                text: Texts.say("setting.save")
                onTapped: root.settings.keep()
            }

            DeskKey {
                objectName: "editAgain"
                height: parent.height
                icon: "arrow-left"
                text: Texts.say("setting.again")
                onTapped: root.settings.edit()
            }
        }
    }
}
