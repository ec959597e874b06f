pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The accounts of the staff, and for the admin at the kiosk the two ways out of it.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property StaffModel staff: desk.staff

    beside: [
        Item {
            visible: !root.desk.filling
            anchors.fill: parent
            anchors.margins: 24

            Column {
                visible: root.staff.name !== ""
                width: parent.width
                spacing: 10

                DeskText {
                    objectName: "accountName"
                    width: parent.width
                    text: root.staff.name
                    strong: true
                    font.pixelSize: 28
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }

                DeskText {
                    text: root.staff.role
                    color: Theme.inkSoft
                    font.pixelSize: 19
                    bottomPadding: 14
                }

                DeskText {
                    width: Math.min(parent.width, 620)
                    text: root.staff.off ? Texts.say("desk.staff.off_lead") : root.staff.may
                    font.pixelSize: 20
                    lineHeight: 1.25
                    bottomPadding: 14
                }

                Flow {
                    width: parent.width
                    spacing: 10

                    DeskKey {
                        objectName: "givePin"
                        visible: !root.staff.off
                        height: 54
                        icon: "lock-key"
                        text: Texts.say("desk.staff.give_pin")
                        onTapped: root.staff.givePin()
                    }

                    DeskKey {
                        objectName: "switchAccount"
                        height: 54
                        icon: root.staff.off ? "check" : "prohibit"
                        text: root.staff.off ? Texts.say("desk.staff.switch_on") : Texts.say("desk.staff.switch_off")
                        onTapped: root.staff.switch()
                    }
                }
            }

            DeskText {
                visible: root.staff.name === ""
                anchors.centerIn: parent
                width: parent.width - 80
                text: Texts.say("desk.staff.choose")
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }

            Row {
                visible: root.staff.atKiosk
                anchors.bottom: parent.bottom
                spacing: 10

                DeskKey {
                    objectName: "openDesktop"
                    height: 54
                    icon: "desktop"
                    text: Texts.say("desk.leave.desktop_opened")
                    textSize: 17
                    onTapped: root.staff.openDesktop()
                }

                DeskKey {
                    objectName: "shutDown"
                    height: 54
                    icon: "power"
                    text: Texts.say("desk.leave.shut_down")
                    textSize: 17
                    onTapped: root.staff.shutDown()
                }
            }

            DeskMainKey {
                objectName: "addAccount"
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: 54
                icon: "user-plus"
                text: Texts.say("desk.staff.add")
                onTapped: root.staff.add()
            }
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
        objectName: "accounts"
        kind: "account"
        lines: root.staff.lines
        chosen: root.staff.chosen
        onPicked: id => root.staff.choose(id)
    }
}
