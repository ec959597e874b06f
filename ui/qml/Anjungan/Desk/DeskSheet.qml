pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The desk as a whole, drawn lying or upright and fitted into whatever screen there is.
Rectangle {
    id: root

    required property DeskModel desk
    required property KioskModel kiosk
    readonly property bool upright: height > width
    readonly property real factor: upright ? width / 820 : Math.min(width / 1366, height / 768)

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

        DeskHead {
            id: head

            width: parent.width
            desk: root.desk
            kiosk: root.kiosk
        }

        StandingBar {
            id: standing

            anchors.top: head.bottom
            width: parent.width
            desk: root.desk
        }

        ReadinessStrip {
            id: readiness

            anchors.top: standing.bottom
            width: parent.width
            desk: root.desk
        }

        PrinterStrip {
            id: strip

            anchors.top: readiness.visible ? readiness.bottom : standing.bottom
            width: parent.width
            desk: root.desk
        }

        CentreStrip {
            id: centre

            anchors.top: strip.visible ? strip.bottom : readiness.visible ? readiness.bottom : standing.bottom
            width: parent.width
            desk: root.desk
        }

        PageBar {
            id: bar

            visible: root.desk.account !== "" && !(root.desk.filling && root.desk.form.wholePage)
            x: 24
            anchors.top: centre.visible ? centre.bottom : strip.visible ? strip.bottom : readiness.visible ? readiness.bottom : standing.bottom
            anchors.topMargin: centre.visible && centre.calm ? 2 : 8
            width: parent.width - 48
            desk: root.desk
        }

        Loader {
            id: page

            objectName: "page"
            anchors.top: bar.visible ? bar.bottom : centre.visible ? centre.bottom : strip.visible ? strip.bottom : readiness.visible ? readiness.bottom : standing.bottom
            anchors.bottom: notice.visible ? notice.top : board.visible ? board.top : parent.bottom
            width: parent.width

            function show(): void {
                const file = root.desk.page.split("_").map(word => word[0].toUpperCase() + word.slice(1)).join("") + "Page.qml";
                setSource(file, {
                    "desk": root.desk
                });
            }

            Component.onCompleted: show()
        }

        Connections {
            target: root.desk

            function onPageChanged(): void {
                page.show();
            }
        }

        DeskBoard {
            id: board

            visible: root.desk.board && root.Window.activeFocusItem instanceof TextInput
            anchors.bottom: parent.bottom
            width: parent.width
            height: root.upright ? 400 : 290
            kiosk: root.kiosk
        }

        NoticeBar {
            id: notice

            objectName: "notice"
            anchors.bottom: board.visible ? board.top : parent.bottom
            anchors.bottomMargin: 12
            x: 24
            width: parent.width - 48
            desk: root.desk
            upright: root.upright
        }
    }
}
