pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// One record: who, which work, what it costs, what happened, and what can be done now.
Pane {
    id: root

    required property DeskModel desk
    readonly property RecordsModel records: desk.records
    readonly property bool some: records.number !== ""
    readonly property int inner: width - 48

    DeskText {
        visible: !root.some
        anchors.centerIn: parent
        width: parent.width - 80
        text: Texts.say("desk.choose_one")
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }

    Item {
        visible: root.some
        x: 24
        width: root.inner
        height: parent.height

        DeskText {
            id: name

            objectName: "recordName"
            y: 22
            width: rights.x - 12
            text: root.records.name
            strong: true
            font.pixelSize: 28
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
        }

        DeskKey {
            id: rights

            objectName: "deed_rights"
            visible: root.desk.allowed.includes("record_request")
            anchors.right: parent.right
            anchors.rightMargin: -10
            y: 16
            height: 44
            flat: true
            edgeWidth: 0
            icon: "scales"
            text: Texts.say("desk.deed.rights")
            textSize: 17
            onTapped: root.records.do("rights")
        }

        DeskText {
            id: number

            objectName: "recordNumber"
            y: name.y + name.height + 10
            text: Texts.say("desk.number", {
                "number": root.records.number
            })
            color: Theme.inkSoft
            font.pixelSize: 19
        }

        FontMetrics {
            id: measure

            font.family: Theme.family
            font.weight: Font.DemiBold
            font.pixelSize: 17
        }

        // Beside the number where there is room, else below it.
        Flow {
            id: tags

            readonly property int natural: root.records.tags.reduce((sum, tag) => sum + Math.ceil(measure.advanceWidth(tag.text)) + 49 + spacing, 0)
            readonly property bool beside: number.width + natural + 16 <= root.inner

            x: beside ? parent.width - width : 0
            y: beside ? number.y + (number.height - height) / 2 : number.y + number.height + 8
            width: beside ? natural : parent.width
            spacing: 8

            Repeater {
                model: root.records.tags

                Tag {
                    required property var modelData

                    text: modelData.text
                    tone: modelData.tone
                    icon: modelData.icon
                }
            }
        }

        WhereLine {
            id: where

            y: tags.beside || tags.height === 0 ? number.y + number.height + 8 : tags.y + tags.height + 8
            width: parent.width
            records: root.records
        }

        Rectangle {
            id: rule

            y: where.visible ? where.y + where.height + 10 : tags.beside ? number.y + number.height + 16 : tags.y + tags.height + 12
            width: parent.width
            height: 1
            color: Theme.line
        }

        Column {
            id: alarms

            y: rule.y + 12
            width: parent.width
            spacing: 8

            RecordAlarm {
                text: root.records.alarm
                tone: "brick"
            }

            RecordAlarm {
                objectName: "recordFlagged"
                text: root.records.flagged
                tone: "amber"
                key: "openPairs"
                label: Texts.say("desk.pairs.look")
                onOpened: root.desk.go("pairs")
            }
        }

        Flickable {
            id: scroll

            y: alarms.height > 0 ? alarms.y + alarms.height + 12 : rule.y + 16
            width: parent.width
            height: keys.y - y - 14
            contentHeight: facts.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            Row {
                id: facts

                readonly property int side: 256

                width: parent.width
                spacing: 20

                Facts {
                    width: (facts.width - facts.side) / 2 - facts.spacing
                    facts: root.records.person
                    wholeNik: root.records.wholeNik
                    onLookedAt: root.records.seeNik()
                }

                Facts {
                    width: (facts.width - facts.side) / 2 - facts.spacing
                    facts: root.records.work
                    wholeNik: ""
                }

                Column {
                    width: facts.side
                    spacing: 18

                    Sums {
                        width: parent.width
                        records: root.records
                    }

                    Column {
                        width: parent.width

                        DeskText {
                            text: Texts.say("desk.history")
                            strong: true
                            bottomPadding: 10
                        }

                        Repeater {
                            model: root.records.history

                            PastLine {
                                width: facts.side
                            }
                        }
                    }
                }
            }
        }

        Rectangle {
            y: keys.y - 12
            width: parent.width
            height: 1
            color: Theme.line
        }

        Flow {
            id: keys

            anchors.bottom: parent.bottom
            anchors.bottomMargin: 18
            width: parent.width - (main.visible ? main.width + 14 : 0)
            spacing: 10

            Repeater {
                model: root.records.deeds

                DeskKey {
                    required property var modelData

                    objectName: "deed_" + modelData.name
                    icon: modelData.icon
                    text: modelData.label
                    textSize: 16
                    iconSize: 22
                    onTapped: root.records.do(modelData.name)
                }
            }
        }

        DeskMainKey {
            id: main

            objectName: "mainDeed"
            visible: root.records.mainDeed.name !== undefined
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 18
            icon: root.records.mainDeed.icon ?? ""
            text: root.records.mainDeed.label ?? ""
            onTapped: root.records.do(root.records.mainDeed.name)
        }
    }
}
