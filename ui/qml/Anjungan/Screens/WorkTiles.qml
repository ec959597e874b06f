pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Pictures of work, for the first job or the second. In the largest text they come on two pages.
Item {
    id: root

    required property ChoiceModel model
    required property string prefix
    // Whether there is also the way out for who is not WNI.
    property bool wayOut: false
    readonly property var choices: model.choices
    readonly property bool paged: Theme.largest
    property bool second: false
    readonly property int columns: paged ? Theme.pick(2, 4) : Theme.pick(3, 6)
    readonly property var tiles: !paged ? choices.slice(0, 12) : second ? choices.slice(7, 12) : choices.slice(0, 7)
    readonly property int rows: paged ? Theme.pick(4, 2) : Theme.pick(4, 2)
    readonly property bool optionsShown: !paged || second
    readonly property int optionHeight: Theme.pick(110, 84)
    readonly property int tilesHeight: height - (paged ? 0 : optionHeight + Theme.gap)
    readonly property int tileHeight: (tilesHeight - (rows - 1) * Theme.gap) / rows
    readonly property int tileWidth: (width - (columns - 1) * Theme.gap) / columns

    onVisibleChanged: if (!visible)
        second = false

    component MoreKey: Key {
        objectName: "moreWork"
        Accessible.name: label.text
        width: root.tileWidth
        height: root.tileHeight
        radius: Theme.radius
        face: Theme.seaTint
        onTapped: root.second = !root.second

        Column {
            anchors.centerIn: parent
            width: parent.width - 30
            spacing: Theme.pick(12, 14)

            Icon {
                name: root.second ? "arrow-left" : "arrow-right"
                size: Theme.pick(64, 60)
                anchors.horizontalCenter: parent.horizontalCenter
            }

            Words {
                id: label

                width: parent.width
                text: Texts.say(root.second ? "work.first_page" : "work.more")
                strong: true
                font.pixelSize: Theme.h3
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    component PlainKey: Option {
        height: root.optionHeight
        iconSize: Theme.pick(48, 34)
        pixelSize: Theme.sized([32, 38, 40], [24, 28, 30])
    }

    Grid {
        columns: root.columns
        spacing: Theme.gap

        Repeater {
            model: root.tiles

            Tile {
                required property var modelData

                objectName: root.prefix + "-" + modelData.id
                width: root.tileWidth
                height: root.tileHeight
                picture: modelData.picture
                label: modelData.label
                chosen: root.model.chosen === modelData.id
                onTapped: root.model.choose(modelData.id)
            }
        }

        Column {
            visible: root.paged && root.second
            width: root.tileWidth
            spacing: Theme.gap

            PlainKey {
                objectName: root.prefix + "-lain"
                width: parent.width
                height: root.wayOut ? (root.tileHeight - Theme.gap) / 2 : root.tileHeight
                icon: chosen ? "check" : ""
                text: root.choices.length > 12 ? root.choices[12].label : ""
                chosen: root.model.chosen === "lain"
                onTapped: root.model.choose("lain")
            }

            PlainKey {
                objectName: "work-not_wni"
                visible: root.wayOut
                width: parent.width
                height: (root.tileHeight - Theme.gap) / 2
                icon: chosen ? "check" : ""
                text: Texts.say("work.not_wni")
                chosen: root.model.chosen === "not_wni"
                onTapped: root.model.choose("not_wni")
            }
        }

        MoreKey {
            visible: root.paged
        }
    }

    Row {
        visible: !root.paged
        y: root.height - root.optionHeight
        spacing: Theme.gap

        PlainKey {
            objectName: root.prefix + "-lain"
            width: root.wayOut ? (root.width - Theme.gap) / 2 : root.width
            icon: chosen ? "check" : "dots-three-circle"
            text: root.choices.length > 12 ? root.choices[12].label : ""
            chosen: root.model.chosen === "lain"
            onTapped: root.model.choose("lain")
        }

        PlainKey {
            objectName: "work-not_wni"
            visible: root.wayOut
            width: (root.width - Theme.gap) / 2
            icon: chosen ? "check" : "identification-card"
            text: Texts.say("work.not_wni")
            chosen: root.model.chosen === "not_wni"
            onTapped: root.model.choose("not_wni")
        }
    }
}
