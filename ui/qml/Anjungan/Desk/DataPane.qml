pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The tariff and benefits in force; or a file at one side, and at the other what it would change.
TwoPanes {
    id: root

    required property DataModel tariff
    // What stands below what is in force.
    property alias more: more.data

    share: 0.32
    beside: [
        Item {
            visible: root.tariff.title === ""
            anchors.fill: parent
            anchors.margins: 24

            Column {
                id: known

                width: parent.width
                spacing: 18

                DeskText {
                    width: parent.width
                    text: Texts.say("desk.data.in_force")
                    strong: true
                    font.pixelSize: 24
                }

                Warning {
                    objectName: "dataWarning"
                    width: parent.width
                    text: root.tariff.warning
                }

                KnownFacts {
                    objectName: "dataFacts"
                    width: parent.width
                    facts: root.tariff.facts
                }

                Rectangle {
                    width: parent.width
                    height: 1
                    color: Theme.line
                }

                DeskText {
                    objectName: "dataWho"
                    width: Math.min(parent.width, 640)
                    text: root.tariff.who
                    font.pixelSize: 18
                    lineHeight: 1.2
                }
            }

            Item {
                id: more

                y: known.height + 18
                width: parent.width
                height: parent.height - y
            }
        },
        PreviewPane {
            visible: root.tariff.title !== ""
            anchors.fill: parent
            anchors.margins: 24
            shown: root.tariff.shown
            work: root.tariff.work
            title: root.tariff.title
            lead: root.tariff.lead
            problem: root.tariff.problem
            locked: false
            saveText: root.tariff.saveText
            onSaved: root.tariff.load()
        }
    ]

    DeskText {
        id: title

        x: 20
        y: 18
        text: Texts.say("desk.files.title")
        strong: true
        font.pixelSize: 22
    }

    FileList {
        anchors.top: title.bottom
        anchors.topMargin: 12
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 12
        x: 16
        width: parent.width - 32
        files: root.tariff.files
    }
}
