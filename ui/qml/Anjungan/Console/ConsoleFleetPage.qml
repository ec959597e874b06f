pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// All kiosks on one page: who needs a person first, the others as tiles below.
Item {
    id: root

    required property ConsoleModel admin
    readonly property FleetModel fleet: admin.fleet
    readonly property int lines: fleet.urgent.count
    readonly property int lineHeight: 46
    readonly property int headHeight: 36
    readonly property int below: height - 92
    readonly property int tilesNeed: fleet.fine.count === 0 ? 0 : 44 + Math.ceil(fleet.fine.count / tiles.columns) * 48
    readonly property int tableNeeds: lines === 0 ? 0 : headHeight + lines * lineHeight
    // What the tiles leave free, and where both are long, a good half.
    readonly property int tableHas: Math.min(tableNeeds, Math.max(below - tilesNeed - 14, Math.round(below * (tilesNeed === 0 ? 1 : 0.58))))

    visible: fleet.readAt !== "" || admin.filling || admin.token.shown

    Row {
        x: 24
        y: 19
        spacing: 16

        DeskText {
            objectName: "fleetTotal"
            text: Texts.say("console.kiosks", {
                "count": root.fleet.sums.kiosks
            })
            strong: true
            font.pixelSize: 30
            rightPadding: 12
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }

        FleetCount {
            objectName: "fleetNow"
            count: root.fleet.sums.now
            words: Texts.say("console.count.now")
            ink: Theme.brick
            tint: Theme.brickTint
        }

        FleetCount {
            objectName: "fleetToday"
            count: root.fleet.sums.today
            words: Texts.say("console.count.today")
            ink: Theme.amber
            tint: Theme.amberTint
        }

        FleetCount {
            objectName: "fleetFine"
            count: root.fleet.sums.fine
            words: Texts.say("console.count.fine")
            ink: Theme.leaf
            tint: Theme.leafTint
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: 24
        y: 22
        spacing: 26

        FleetSum {
            objectName: "fleetRegistered"
            label: Texts.say("console.registered_today")
            value: root.fleet.sums.registered
        }

        FleetSum {
            objectName: "fleetWaiting"
            label: Texts.say("console.waiting")
            value: root.fleet.sums.waiting
        }
    }

    Item {
        visible: !root.admin.filling && !root.admin.token.shown
        anchors.fill: parent

        Pane {
            id: table

            visible: root.lines > 0
            x: 24
            y: 96
            width: parent.width - 48
            height: root.tableHas + 4

            Repeater {
                model: [
                    {
                        "at": 20,
                        "words": "kiosk"
                    },
                    {
                        "at": 200,
                        "words": "what"
                    },
                    {
                        "at": table.width - 688,
                        "words": "since"
                    },
                    {
                        "at": table.width - 538,
                        "words": "waiting"
                    },
                    {
                        "at": table.width - 428,
                        "words": "seen"
                    }
                ]

                DeskText {
                    required property var modelData

                    x: modelData.at
                    y: 8
                    text: Texts.say("console.column." + modelData.words)
                    color: Theme.inkSoft
                    font.pixelSize: 16
                    wrapMode: Text.NoWrap
                }
            }

            Rectangle {
                y: root.headHeight
                width: parent.width
                height: 1
                color: Theme.line
            }

            ListView {
                objectName: "fleetLines"
                x: 2
                y: root.headHeight + 1
                width: parent.width - 4
                height: parent.height - y - 3
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                interactive: contentHeight > height
                // Lines made ahead are made while others go, of which Qt complains.
                cacheBuffer: 0
                model: root.fleet.urgent

                delegate: FleetLine {
                    required property var model
                    required property int index

                    width: ListView.view.width
                    number: model.number
                    name: model.name
                    what: model.what
                    since: model.since
                    waiting: model.waiting
                    seen: model.seen
                    act: model.act
                    tone: model.tone
                    icon: model.icon
                    first: model.first === "yes"
                    last: index === root.lines - 1
                    onOpened: root.admin.openKiosk(number)
                }
            }
        }

        Item {
            id: rest

            y: table.visible ? table.y + table.height + 14 : 96
            x: 24
            width: parent.width - 48
            height: parent.height - y - 8

            DeskText {
                objectName: "fleetFineTitle"
                text: Texts.say("console.fine", {
                    "count": root.fleet.sums.fine
                })
                strong: true
                wrapMode: Text.NoWrap
            }

            Row {
                anchors.right: parent.right
                spacing: 18

                DeskText {
                    text: Texts.say("console.fine_note", {
                        "at": root.fleet.readAt
                    })
                    color: Theme.inkSoft
                    font.pixelSize: 16
                    wrapMode: Text.NoWrap
                }

                DeskKey {
                    objectName: "enrol"
                    y: -8
                    height: 34
                    flat: true
                    textSize: 16
                    iconSize: 20
                    icon: "plus"
                    text: Texts.say("console.enrol.title")
                    onTapped: root.fleet.enrol()
                }
            }

            GridView {
                id: tiles

                readonly property int columns: 6

                objectName: "fleetTiles"
                y: 32
                width: parent.width + 10
                height: parent.height - y
                cellWidth: Math.floor(width / columns)
                cellHeight: 48
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                interactive: contentHeight > height + 8
                cacheBuffer: 0
                model: root.fleet.fine

                delegate: FleetTile {
                    required property var model

                    objectName: "kiosk_" + model.number
                    width: tiles.cellWidth - 10
                    name: model.name
                    what: model.what
                    today: model.today
                    tone: model.tone
                    sign: model.icon
                    onTapped: root.admin.openKiosk(model.number)
                }
            }
        }
    }

    Loader {
        active: root.admin.filling
        anchors.horizontalCenter: parent.horizontalCenter
        y: 100
        width: 620
        height: 420

        sourceComponent: FormPane {
            form: root.admin.form
        }
    }

    Loader {
        active: root.admin.token.shown
        x: 24
        y: 96
        width: parent.width - 48
        height: parent.height - 112

        sourceComponent: ConsoleToken {
            token: root.admin.token
        }
    }
}
