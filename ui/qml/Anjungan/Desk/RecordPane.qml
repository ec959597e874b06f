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

        Row {
            anchors.right: parent.right
            anchors.verticalCenter: number.verticalCenter
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

        Rectangle {
            id: rule

            y: number.y + number.height + 16
            width: parent.width
            height: 1
            color: Theme.line
        }

        Rectangle {
            id: alarm

            visible: root.records.alarm !== ""
            y: rule.y + 12
            width: parent.width
            height: visible ? warned.height + 20 : 0
            radius: 10
            color: Theme.brickTint

            Icon {
                x: 14
                name: "warning"
                size: 24
                ink: Theme.brick
                fill: Theme.brickTint
                anchors.verticalCenter: parent.verticalCenter
            }

            DeskText {
                id: warned

                x: 50
                width: parent.width - 66
                text: root.records.alarm
                strong: true
                color: Theme.brick
                font.pixelSize: 17
                anchors.verticalCenter: parent.verticalCenter
            }
        }

        Flickable {
            id: scroll

            y: alarm.visible ? alarm.y + alarm.height + 12 : rule.y + 16
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
