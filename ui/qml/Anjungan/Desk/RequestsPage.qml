pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What people asked about their data and still wait for, and carrying it out.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property RequestsModel requests: desk.requests
    readonly property bool some: requests.number !== ""

    share: 0.35
    beside: [
        Item {
            visible: root.some && !root.desk.filling
            anchors.fill: parent
            anchors.margins: 24

            DeskText {
                id: title

                objectName: "requestTitle"
                width: parent.width - tag.width - 16
                text: root.requests.title
                strong: true
                font.pixelSize: 28
            }

            Tag {
                id: tag

                anchors.right: parent.right
                anchors.verticalCenter: title.verticalCenter
                text: root.requests.tag.tag ?? ""
                tone: root.requests.tag.tone ?? "sand"
                icon: root.requests.tag.icon ?? "clock"
            }

            DeskText {
                id: number

                objectName: "requestNumber"
                y: title.height + 10
                text: Texts.say("desk.number", {
                    "number": root.requests.number
                })
                color: Theme.inkSoft
                font.pixelSize: 19
            }

            Rectangle {
                id: rule

                y: number.y + number.height + 16
                width: parent.width
                height: 1
                color: Theme.line
            }

            Grid {
                id: facts

                y: rule.y + 20
                width: parent.width
                columns: 2
                rowSpacing: 18

                Repeater {
                    model: root.requests.facts

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
                            width: parent.width - 12
                            text: fact.modelData.value
                            strong: true
                        }
                    }
                }
            }

            DeskText {
                id: told

                objectName: "requestTold"
                y: facts.y + facts.height + 28
                width: Math.min(parent.width, 620)
                text: root.requests.told
                font.pixelSize: 20
                lineHeight: 1.25
            }

            Rectangle {
                visible: root.requests.warned !== ""
                y: told.y + told.height + 20
                width: parent.width
                height: warned.height + 24
                radius: 10
                color: Theme.amberTint
                border.width: Theme.contrast ? 2 : 0
                border.color: Theme.amber

                Icon {
                    x: 14
                    anchors.verticalCenter: parent.verticalCenter
                    name: "warning"
                    size: 24
                    ink: Theme.amber
                    fill: Theme.amberTint
                }

                DeskText {
                    id: warned

                    x: 50
                    width: parent.width - 66
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.requests.warned
                    strong: true
                    color: Theme.amber
                    font.pixelSize: 17
                }
            }

            Flow {
                anchors.bottom: parent.bottom
                width: parent.width - (main.visible ? main.width + 14 : 0)
                spacing: 10

                Repeater {
                    model: root.requests.deeds

                    DeskKey {
                        required property var modelData

                        objectName: "request_" + modelData.name
                        height: 54
                        icon: modelData.icon
                        text: modelData.label
                        textSize: 17
                        onTapped: root.requests.do(modelData.name)
                    }
                }
            }

            DeskMainKey {
                id: main

                objectName: "mainRequest"
                visible: root.requests.mainDeed.name !== undefined
                ready: !root.requests.busy
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: 54
                icon: root.requests.mainDeed.icon ?? ""
                text: root.requests.mainDeed.label ?? ""
                onTapped: root.requests.do(root.requests.mainDeed.name)
            }
        },
        DeskText {
            visible: !root.some
            anchors.centerIn: parent
            width: parent.width - 80
            text: Texts.say("desk.requests.how")
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        },
        Loader {
            anchors.fill: parent
            active: root.desk.filling

            sourceComponent: FormPane {
                form: root.desk.form
            }
        }
    ]

    PickList {
        objectName: "requests"
        kind: "asked"
        lines: root.requests.lines
        chosen: root.requests.chosen
        onPicked: id => root.requests.choose(id)
    }

    DeskText {
        visible: root.requests.nothing
        anchors.centerIn: parent
        width: parent.width - 60
        text: Texts.say("desk.requests.nothing")
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }
}
