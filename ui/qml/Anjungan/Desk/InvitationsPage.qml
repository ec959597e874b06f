pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The dinas with their counts, and for the one that is chosen a list to take in.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property InvitationsModel invitations: desk.invitations
    readonly property var heads: ["invited", "registered", "paid"]
    readonly property int column: 92

    share: 0.46
    beside: [
        DeskText {
            visible: root.invitations.dinas === ""
            anchors.centerIn: parent
            width: parent.width - 120
            text: Texts.say("desk.invitations.choose")
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        },
        Item {
            visible: root.invitations.dinas !== ""
            anchors.fill: parent
            anchors.margins: 24

            DeskText {
                id: title

                objectName: "dinasTitle"
                width: parent.width
                text: root.invitations.title
                strong: true
                font.pixelSize: 24
            }

            DeskText {
                id: lead

                visible: root.invitations.file === ""
                y: title.height + 6
                width: parent.width
                text: Texts.say("desk.invitations.lead")
                color: Theme.inkSoft
            }

            FileList {
                visible: root.invitations.file === ""
                anchors.top: lead.bottom
                anchors.topMargin: 14
                anchors.bottom: parent.bottom
                width: parent.width
                files: root.invitations.files
            }

            PreviewPane {
                visible: root.invitations.file !== ""
                anchors.top: title.bottom
                anchors.topMargin: 10
                anchors.bottom: parent.bottom
                width: parent.width
                shown: root.invitations.shown
                work: root.invitations.work
                title: root.invitations.file
                lead: ""
                problem: root.invitations.problem
                locked: root.invitations.locked
                saveText: root.invitations.saveText
                onSaved: root.invitations.save()
                onUnlocked: password => root.invitations.unlock(password)

                keys: DeskKey {
                    objectName: "otherFile"
                    visible: !root.invitations.work.running
                    height: 54
                    icon: "arrow-left"
                    text: Texts.say("desk.invitations.other_file")
                    onTapped: root.invitations.otherFile()
                }
            }
        }
    ]

    Item {
        id: head

        x: 22
        width: parent.width - 38
        height: 44

        DeskText {
            anchors.verticalCenter: parent.verticalCenter
            text: Texts.say("desk.invitations.dinas")
            color: Theme.inkSoft
            font.pixelSize: 16
        }

        Row {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter

            Repeater {
                model: root.heads

                DeskText {
                    required property string modelData

                    width: root.column
                    text: Texts.say("desk.invitations." + modelData)
                    color: Theme.inkSoft
                    font.pixelSize: 16
                    horizontalAlignment: Text.AlignRight
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    ListView {
        id: list

        objectName: "dinas"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 2
        x: 2
        width: parent.width - 4
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.invitations.lines

        delegate: DeskKey {
            id: line

            required property var modelData
            readonly property bool chosen: root.invitations.dinas === modelData.code

            objectName: "dinas_" + modelData.code
            Accessible.name: modelData.name + ", " + root.heads.map(one => Texts.say("desk.invitations." + one) + " " + modelData[one]).join(", ")
            flat: true
            edgeWidth: 0
            radius: 0
            ringOutside: -4
            width: list.width
            height: 62
            face: chosen ? Theme.seaTint : Theme.card
            facePressed: Theme.sand
            onTapped: root.invitations.chooseDinas(modelData.code)

            Rectangle {
                visible: line.chosen
                width: 7
                height: parent.height
                color: Theme.sea
            }

            DeskText {
                x: 20
                y: 8
                text: line.modelData.code
                strong: true
                wrapMode: Text.NoWrap
            }

            DeskText {
                x: 20
                y: 34
                width: parent.width - x - 14
                text: line.modelData.name
                color: Theme.inkSoft
                font.pixelSize: 16
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }

            Row {
                id: counts

                x: line.width - width - 14
                y: 8

                Repeater {
                    model: root.heads

                    DeskText {
                        required property string modelData

                        width: root.column
                        text: line.modelData[modelData]
                        strong: true
                        horizontalAlignment: Text.AlignRight
                    }
                }
            }

            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 1
                color: Theme.line
            }
        }
    }
}
