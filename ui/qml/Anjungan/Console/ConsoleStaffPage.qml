pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// Everybody with a login at the centre.
Item {
    id: root

    required property ConsoleModel admin
    readonly property ConsoleStaffModel staff: admin.staff

    visible: staff.ready

    DeskMainKey {
        id: add

        objectName: "addPerson"
        x: 24
        y: 12
        height: 48
        icon: "user-plus"
        text: Texts.say("console.staff.add")
        onTapped: root.staff.add()
    }

    Pane {
        visible: !root.admin.filling && !root.admin.token.shown
        x: 24
        y: 72
        width: parent.width - 48
        height: parent.height - y - 16

        ListView {
            objectName: "people"
            anchors.fill: parent
            anchors.margins: 10
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            model: root.staff.lines

            delegate: Item {
                id: line

                required property var modelData

                width: ListView.view.width
                height: 54

                DeskText {
                    x: 14
                    width: parent.width * 0.26
                    text: line.modelData.name
                    strong: true
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }

                DeskText {
                    x: parent.width * 0.29
                    width: parent.width * 0.2
                    text: line.modelData.role
                    font.pixelSize: 17
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }

                DeskText {
                    x: parent.width * 0.5
                    width: parent.width * 0.14
                    text: line.modelData.office
                    font.pixelSize: 17
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }

                DeskText {
                    x: parent.width * 0.65
                    width: remove.x - x - 8
                    text: line.modelData.note
                    color: Theme.inkSoft
                    font.pixelSize: 16
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                    anchors.verticalCenter: parent.verticalCenter
                }

                DeskKey {
                    id: remove

                    objectName: "remove_" + line.modelData.id
                    visible: line.modelData.mayRemove === "yes"
                    anchors.right: parent.right
                    anchors.rightMargin: 6
                    anchors.verticalCenter: parent.verticalCenter
                    width: 160
                    height: 38
                    flat: true
                    textSize: 16
                    iconSize: 20
                    icon: "prohibit"
                    text: Texts.say("console.staff.remove")
                    onTapped: root.staff.remove(line.modelData.id)
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

    Loader {
        active: root.admin.filling
        anchors.horizontalCenter: parent.horizontalCenter
        y: 72
        width: 720
        height: parent.height - y - 16

        sourceComponent: FormPane {
            form: root.admin.form
        }
    }

    Loader {
        active: root.admin.token.shown
        x: 24
        y: 72
        width: parent.width - 48
        height: parent.height - y - 16

        sourceComponent: ConsoleToken {
            token: root.admin.token
        }
    }
}
