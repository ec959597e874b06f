pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// The console as a whole, fitted into whatever window there is.
Rectangle {
    id: root

    required property ConsoleModel admin
    required property KioskModel kiosk
    readonly property real factor: Math.min(width / 1366, height / 768)

    color: Theme.paper

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

        ConsoleHead {
            id: head

            width: parent.width
            admin: root.admin
            kiosk: root.kiosk
        }

        Loader {
            id: page

            objectName: "page"
            anchors.top: head.bottom
            anchors.bottom: notice.visible ? notice.top : parent.bottom
            width: parent.width

            function show(): void {
                const name = root.admin.page.split("_").map(word => word[0].toUpperCase() + word.slice(1)).join("");
                setSource("Console" + name + "Page.qml", {
                    "admin": root.admin
                });
            }

            Component.onCompleted: show()
        }

        Connections {
            target: root.admin

            function onPageChanged(): void {
                page.show();
            }
        }

        Rectangle {
            id: notice

            readonly property color ink: root.admin.noticeBad ? Theme.brick : Theme.leaf

            objectName: "notice"
            visible: root.admin.notice !== ""
            x: 24
            width: parent.width - 48
            height: told.height + 24
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 12
            radius: 10
            color: root.admin.noticeBad ? Theme.brickTint : Theme.leafTint
            border.width: 2
            border.color: ink

            Icon {
                x: 14
                name: root.admin.noticeBad ? "warning" : "check-circle"
                size: 26
                ink: notice.ink
                fill: notice.color
                anchors.verticalCenter: parent.verticalCenter
            }

            DeskText {
                id: told

                x: 52
                y: 12
                width: parent.width - 68
                text: root.admin.notice
                strong: true
                color: notice.ink
            }
        }
    }
}
