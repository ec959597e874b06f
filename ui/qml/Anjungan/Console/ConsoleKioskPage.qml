pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// One kiosk: everything it tells of itself; beside that what to say and what can be done.
Item {
    id: root

    required property ConsoleModel admin
    readonly property FleetKioskModel one: admin.one
    readonly property var standing: one.standing

    DeskKey {
        id: back

        objectName: "backToFleet"
        x: 24
        y: 14
        height: 46
        icon: "arrow-left"
        text: Texts.say("console.page.fleet")
        onTapped: root.admin.go("fleet")
    }

    DeskText {
        id: title

        objectName: "kioskTitle"
        x: back.x + back.width + 20
        width: Math.min(implicitWidth, parent.width * 0.4)
        text: root.one.name
        strong: true
        font.pixelSize: 30
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        anchors.verticalCenter: back.verticalCenter
    }

    DeskText {
        x: title.x + title.width + 16
        width: parent.width - x - 24
        text: root.one.kioskName
        color: Theme.inkSoft
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        anchors.verticalCenter: back.verticalCenter
    }

    Pane {
        id: left

        x: 24
        y: 72
        width: Math.round((parent.width - 64) * 0.56)
        height: parent.height - y - 16

        Row {
            id: what

            x: 24
            y: 18
            width: parent.width - 48
            spacing: 12

            ToneSign {
                name: root.standing.icon
                tone: root.standing.tone
                size: 30
            }

            DeskText {
                objectName: "kioskWhat"
                width: parent.width - 44
                text: root.standing.what
                strong: true
                font.pixelSize: 20
                anchors.verticalCenter: parent.verticalCenter
            }
        }

        Rectangle {
            id: rule

            x: 24
            y: what.y + what.height + 14
            width: parent.width - 48
            height: 1
            color: Theme.line
        }

        Flickable {
            x: 24
            y: rule.y + 12
            width: parent.width - 48
            height: parent.height - y - 12
            contentHeight: facts.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height

            Grid {
                id: facts

                width: parent.width
                columns: 3
                rowSpacing: 16

                Repeater {
                    model: root.one.facts

                    Column {
                        id: fact

                        required property var modelData

                        width: facts.width / facts.columns
                        spacing: 2

                        ConsoleLabel {
                            text: fact.modelData.label
                        }

                        DeskText {
                            objectName: "fact_" + fact.modelData.key
                            width: parent.width - 14
                            text: fact.modelData.value
                            strong: true
                            font.pixelSize: 17
                            color: fact.modelData.tone === "" ? Theme.ink : Theme.brick
                        }
                    }
                }
            }
        }
    }

    Item {
        id: right

        x: left.x + left.width + 16
        y: left.y
        width: parent.width - x - 24
        height: left.height

        Pane {
            visible: !root.admin.filling && !root.admin.token.shown
            anchors.fill: parent

            Column {
                id: todo

                x: 24
                y: 18
                width: parent.width - 48
                spacing: 12

                Rectangle {
                    visible: root.standing.phone !== ""
                    width: parent.width
                    height: phone.height + 28
                    radius: 10
                    color: Theme.amberTint
                    border.width: Theme.contrast ? 2 : 0
                    border.color: Theme.amber

                    Column {
                        id: phone

                        x: 16
                        y: 14
                        width: parent.width - 32
                        spacing: 6

                        DeskText {
                            text: Texts.say("console.say")
                            strong: true
                            color: Theme.amber
                            font.pixelSize: 16
                        }

                        DeskText {
                            objectName: "kioskPhone"
                            width: parent.width
                            text: root.standing.phone
                            color: Theme.amber
                            font.pixelSize: 17
                            lineHeight: 1.25
                        }

                        DeskText {
                            objectName: "kioskRing"
                            visible: text !== ""
                            width: parent.width
                            text: root.standing.ring
                            strong: true
                            color: Theme.amber
                            font.pixelSize: 17
                        }
                    }
                }

                Flow {
                    width: parent.width
                    spacing: 9

                    Repeater {
                        model: root.one.acts

                        DeskKey {
                            required property var modelData

                            objectName: "do_" + modelData.id
                            height: 46
                            textSize: 16
                            iconSize: 22
                            icon: modelData.icon
                            text: modelData.label
                            onTapped: root.one.begin(modelData.id)
                        }
                    }
                }

                DeskText {
                    visible: root.one.orders.length > 0
                    text: Texts.say("console.orders")
                    strong: true
                }
            }

            ListView {
                x: 24
                y: todo.y + todo.height + 10
                width: parent.width - 48
                height: parent.height - y - 14
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                interactive: contentHeight > height
                model: root.one.orders

                delegate: Item {
                    id: line

                    required property var modelData

                    width: ListView.view.width
                    height: 46

                    DeskText {
                        y: 3
                        width: state.x - 10
                        text: line.modelData.what
                        font.pixelSize: 17
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                    }

                    DeskText {
                        y: 24
                        width: state.x - 10
                        text: line.modelData.told
                        color: Theme.inkSoft
                        font.pixelSize: 15
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                    }

                    DeskText {
                        id: state

                        visible: !fetch.visible
                        anchors.right: parent.right
                        text: line.modelData.state
                        strong: true
                        font.pixelSize: 16
                        wrapMode: Text.NoWrap
                        anchors.verticalCenter: parent.verticalCenter
                    }

                    DeskKey {
                        id: fetch

                        objectName: "bundle_" + line.modelData.id
                        visible: line.modelData.bundle === "yes"
                        anchors.right: parent.right
                        height: 38
                        flat: true
                        textSize: 16
                        iconSize: 20
                        icon: "download-simple"
                        text: Texts.say("console.fetch")
                        onTapped: root.one.fetchBundle(line.modelData.id)
                    }
                }
            }
        }

        Loader {
            active: root.admin.filling
            anchors.fill: parent

            sourceComponent: FormPane {
                form: root.admin.form
            }
        }
    }

    Loader {
        active: root.admin.token.shown
        anchors.fill: parent
        anchors.margins: 24
        anchors.topMargin: 72

        sourceComponent: ConsoleToken {
            token: root.admin.token
        }
    }
}
