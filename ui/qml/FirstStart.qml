pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// A new kiosk asks what it has to know, one question a page.
Window {
    id: root

    required property KioskModel kiosk
    required property FirstStartModel first
    readonly property bool ofCentre: first.step === "centre"
    readonly property bool upright: height > width
    readonly property real factor: upright ? width / 820 : Math.min(width / 1366, height / 768)

    width: 1080
    height: 1920
    color: Theme.paper
    title: Texts.say("common.kiosk")

    Binding {
        target: Theme
        property: "portrait"
        value: root.upright
    }

    Item {
        id: sheet

        width: root.width / root.factor
        height: root.height / root.factor
        scale: root.factor
        transformOrigin: Item.TopLeft

        MouseArea {
            anchors.fill: parent
            onPressed: root.kiosk.touchReady()
        }

        Rectangle {
            id: head

            width: parent.width
            height: 72
            color: Theme.seaDeep

            DeskText {
                x: 24
                anchors.verticalCenter: parent.verticalCenter
                text: Texts.say("first_start.title")
                strong: true
                color: Theme.overSeaDeep
                font.pixelSize: 22
            }

            Row {
                anchors.right: parent.right
                anchors.rightMargin: 24
                y: 13
                spacing: 6

                DeskText {
                    objectName: "firstProgress"
                    text: root.first.progress
                    color: Theme.overSeaDeepSoft
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                    rightPadding: 16
                }

                HeadKey {
                    objectName: "boardKey"
                    icon: "keyboard"
                    Accessible.name: Texts.say(root.first.board ? "desk.board_off" : "desk.board_on")
                    onTapped: root.first.toggleBoard()
                }
            }
        }

        Item {
            id: page

            anchors.top: head.bottom
            anchors.bottom: board.visible ? board.top : parent.bottom
            width: parent.width

            Loader {
                id: question

                anchors.horizontalCenter: parent.horizontalCenter
                y: 24
                width: Math.min(parent.width - 48, 820)
                height: Math.min(parent.height - 48 - (root.first.step === "printer" || root.ofCentre ? extra.height + 14 : 0), 460)
                active: root.first.asking

                sourceComponent: FormPane {
                    form: root.first.form
                }
            }

            Row {
                id: extra

                visible: root.first.step === "printer"
                x: question.x
                y: question.y + question.height + 14
                width: question.width
                height: 54
                spacing: 18

                DeskKey {
                    id: test

                    objectName: "printTest"
                    height: parent.height
                    icon: "printer"
                    text: Texts.say("desk.printer.print_test")
                    textSize: 17
                    onTapped: root.first.printTest()
                }

                DeskText {
                    objectName: "firstSaid"
                    width: parent.width - test.width - parent.spacing
                    text: root.first.trial.said
                    strong: root.first.trial.bad
                    color: root.first.trial.bad ? Theme.brick : Theme.inkSoft
                    anchors.verticalCenter: parent.verticalCenter
                }
            }

            Loader {
                x: question.x
                y: question.y
                width: question.width
                height: question.height
                active: root.ofCentre

                sourceComponent: Pane {
                    TokenPane {
                        anchors.fill: parent
                        anchors.margins: 24
                        token: root.first.centre.token
                        title: Texts.say("first_start.centre")
                        backText: Texts.say("common.back")
                        mayLeave: !root.first.centre.kept
                        onCalledOff: root.first.goBack("admin")
                        onSent: root.first.centre.join()
                    }
                }
            }

            Row {
                visible: root.ofCentre
                x: extra.x
                y: extra.y
                width: extra.width
                height: extra.height
                spacing: extra.spacing

                DeskKey {
                    id: later

                    objectName: "joinLater"
                    height: parent.height
                    text: Texts.say("first_start.later")
                    textSize: 17
                    onTapped: root.first.centre.later()
                }

                DeskKey {
                    id: change

                    objectName: "changeOffice"
                    visible: root.first.centre.ofAnother && !root.first.centre.kept
                    height: parent.height
                    icon: "arrow-left"
                    text: Texts.say("first_start.change_office")
                    textSize: 17
                    onTapped: root.first.goBack("office")
                }

                DeskText {
                    readonly property bool bad: root.first.centre.problem !== ""

                    width: parent.width - x
                    text: bad ? root.first.centre.problem : Texts.say("first_start.centre_lead")
                    strong: bad
                    color: bad ? Theme.brick : Theme.inkSoft
                    anchors.verticalCenter: parent.verticalCenter
                }
            }

            Pane {
                visible: root.first.step === "ready"
                anchors.horizontalCenter: parent.horizontalCenter
                y: 24
                width: question.width
                height: ready.height + 48 + 76

                Column {
                    id: ready

                    x: 24
                    y: 24
                    width: parent.width - 48
                    spacing: 14

                    DeskText {
                        width: parent.width
                        text: Texts.say("first_start.ready")
                        strong: true
                        font.pixelSize: 28
                    }

                    DeskText {
                        objectName: "firstJoined"
                        width: parent.width
                        text: root.first.centre.said !== "" ? root.first.centre.said : Texts.say("first_start.not_joined")
                        strong: root.first.centre.said !== ""
                        font.pixelSize: 19
                        lineHeight: 1.25
                    }

                    DeskText {
                        width: parent.width
                        text: Texts.say("first_start.ready_lead")
                        color: Theme.inkSoft
                        font.pixelSize: 19
                        lineHeight: 1.25
                    }

                    Repeater {
                        model: root.first.step === "ready" ? root.first.summary : []

                        Column {
                            id: fact

                            required property var modelData

                            width: ready.width
                            spacing: 3

                            DeskText {
                                text: fact.modelData.label
                                color: Theme.inkSoft
                                font.pixelSize: 16
                            }

                            DeskText {
                                width: parent.width
                                text: fact.modelData.value
                                strong: true
                            }
                        }
                    }
                }

                DeskMainKey {
                    objectName: "firstDone"
                    anchors.right: parent.right
                    anchors.bottom: parent.bottom
                    anchors.margins: 24
                    height: 54
                    icon: "check"
                    iconAfter: true
                    text: Texts.say("first_start.begin")
                    onTapped: root.first.finish()
                }
            }
        }

        DeskBoard {
            id: board

            // A field keeps the focus when it is hidden: nothing is typed once a token is there.
            visible: root.first.board && root.activeFocusItem instanceof TextInput && !root.first.centre.token.there
            anchors.bottom: parent.bottom
            width: parent.width
            height: root.upright ? 400 : 290
            kiosk: root.kiosk
        }
    }
}
