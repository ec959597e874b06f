pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// What an admin has to look at, or what was done at the centre; the newest first.
Item {
    id: root

    required property ConsoleModel admin
    readonly property ConsoleNotesModel notes: admin.notes

    visible: notes.ready

    Row {
        x: 24
        y: 14
        spacing: 8

        Repeater {
            model: ["alarms", "audit"]

            ViewKey {
                required property string modelData

                objectName: "notes_" + modelData
                label: Texts.say("console.notes." + modelData)
                count: ""
                chosen: root.notes.view === modelData
                onTapped: root.notes.take(modelData)
            }
        }
    }

    Pane {
        x: 24
        y: 72
        width: parent.width - 48
        height: parent.height - y - 16

        DeskText {
            visible: root.notes.lines.length === 0
            anchors.centerIn: parent
            text: Texts.say("console.notes.none")
            color: Theme.inkSoft
        }

        ListView {
            objectName: "noteLines"
            anchors.fill: parent
            anchors.margins: 10
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            model: root.notes.lines
            onAtYEndChanged: if (atYEnd && count > 0)
                root.notes.more()

            delegate: Item {
                id: line

                required property var modelData

                width: ListView.view.width
                height: 44

                DeskText {
                    x: 14
                    width: 200
                    text: line.modelData.at
                    color: Theme.inkSoft
                    font.pixelSize: 16
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }

                DeskText {
                    x: 220
                    width: parent.width * 0.46
                    text: line.modelData.what
                    strong: true
                    font.pixelSize: 17
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }

                DeskText {
                    x: 220 + parent.width * 0.47
                    width: parent.width - x - 260
                    text: line.modelData.subject
                    font.pixelSize: 16
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }

                DeskText {
                    anchors.right: parent.right
                    anchors.rightMargin: 14
                    width: 240
                    horizontalAlignment: Text.AlignRight
                    text: line.modelData.by
                    color: Theme.inkSoft
                    font.pixelSize: 16
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
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
}
