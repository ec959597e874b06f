pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Models

// The settings of a group, and beside them the one that is chosen; or the form it is changed in.
Item {
    id: root

    required property DeskModel desk
    readonly property SettingsModel settings: desk.settings
    // Whether something else than settings is changed here.
    readonly property bool own: settings.parts !== null && settings.parts.group !== ""

    Flow {
        id: groups

        x: 24
        y: 10
        width: parent.width - 48
        spacing: 8

        Repeater {
            model: root.settings.groups

            ViewKey {
                required property var modelData

                objectName: "settingGroup_" + modelData.id
                label: modelData.label
                count: ""
                chosen: root.settings.group === modelData.id
                onTapped: root.settings.openGroup(modelData.id)
            }
        }
    }

    Loader {
        y: groups.y + groups.height
        width: parent.width
        height: parent.height - y
        active: root.own

        sourceComponent: OwnPart {
            desk: root.desk
        }
    }

    TwoPanes {
        visible: !root.own
        y: groups.y + groups.height
        width: parent.width
        height: parent.height - y
        share: 0.45
        beside: [
            SettingPane {
                visible: !root.desk.filling
                anchors.fill: parent
                anchors.margins: 24
                settings: root.settings
            },
            Loader {
                anchors.fill: parent
                active: root.desk.filling && !root.own

                sourceComponent: FormPane {
                    form: root.desk.form
                }
            }
        ]

        PickList {
            objectName: "settings"
            kind: "setting"
            lines: root.settings.lines
            chosen: root.settings.chosen
            onPicked: id => root.settings.choose(id)
        }
    }
}
