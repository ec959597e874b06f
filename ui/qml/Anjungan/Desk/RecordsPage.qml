pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The list in its views, and beside it (below it where the screen stands upright) one record.
Item {
    id: root

    required property DeskModel desk
    readonly property RecordsModel records: desk.records
    readonly property bool wide: width >= 1200
    readonly property bool whole: desk.filling && desk.form.wholePage

    Flow {
        id: views

        x: 24
        y: 12
        width: parent.width - 48 - (root.wide ? enter.width + 12 : 0)
        spacing: 6

        Repeater {
            model: root.records.views

            ViewKey {
                required property var modelData

                objectName: "view_" + modelData.id
                label: modelData.label
                count: modelData.count
                chosen: root.records.view === modelData.id && root.records.query === ""
                urgent: modelData.id === "needs_attention" && modelData.some
                owed: modelData.id === "slip_not_out" && modelData.some
                onTapped: root.records.choose(modelData.id)
            }
        }
    }

    DeskKey {
        id: enter

        objectName: "register"
        visible: root.desk.allowed.includes("assist")
        anchors.right: parent.right
        anchors.rightMargin: 24
        y: root.wide ? 9 : views.y + views.height + 8
        icon: "user-plus"
        text: Texts.say("desk.register")
        onTapped: root.desk.register()
    }

    Pane {
        id: list

        visible: !root.whole
        x: 24
        y: root.wide ? views.y + views.height + 12 : enter.y + enter.height + 12
        width: root.wide ? Math.round(root.width * 0.38) : parent.width - 48
        height: root.wide ? parent.height - y - 16 : Math.round((parent.height - y) * 0.4)
        clip: true

        ListView {
            id: rows

            objectName: "rows"
            anchors.fill: parent
            anchors.leftMargin: 2
            anchors.rightMargin: 2
            anchors.topMargin: 10
            anchors.bottomMargin: foot.visible ? foot.height : 10
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.records.rows
            currentIndex: root.records.selectedPlace
            highlightMoveDuration: 0
            activeFocusOnTab: true
            onAtYEndChanged: if (atYEnd)
                root.records.readOn()
            Keys.onDownPressed: root.records.step(1)
            Keys.onUpPressed: root.records.step(-1)

            delegate: RecordLine {
                width: rows.width
                chosen: recordId === root.records.selected
                onTapped: root.records.open(recordId)
            }
        }

        FocusRing {
            visible: rows.activeFocus
            anchors.margins: 3
            border.width: 3
            radius: 12
        }

        DeskText {
            visible: root.records.empty !== ""
            anchors.centerIn: parent
            width: parent.width - 60
            text: root.records.empty
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }

        Rectangle {
            id: foot

            visible: root.records.foot !== "" || root.records.late !== ""
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: 2
            height: 44
            radius: 12
            color: Theme.card

            Rectangle {
                width: parent.width
                height: 1
                color: Theme.line
            }

            DeskText {
                anchors.left: parent.left
                anchors.leftMargin: 22
                anchors.verticalCenter: parent.verticalCenter
                text: root.records.foot
                color: Theme.inkSoft
                font.pixelSize: 16
            }

            DeskText {
                anchors.right: parent.right
                anchors.rightMargin: 22
                anchors.verticalCenter: parent.verticalCenter
                text: root.records.late
                strong: true
                color: Theme.brick
                font.pixelSize: 16
            }
        }
    }

    Item {
        id: beside

        x: root.whole ? 24 : root.wide ? list.x + list.width + 16 : 24
        y: root.whole ? 8 : root.wide ? list.y : list.y + list.height + 14
        width: root.wide ? parent.width - x - 24 : parent.width - 48
        height: parent.height - y - 16
        z: root.whole ? 1 : 0

        Rectangle {
            visible: root.whole
            anchors.fill: parent
            anchors.leftMargin: -24
            anchors.rightMargin: -24
            anchors.topMargin: -12
            anchors.bottomMargin: -16
            color: Theme.paper
        }

        RecordPane {
            anchors.fill: parent
            visible: !root.desk.filling
            desk: root.desk
        }

        Loader {
            anchors.fill: parent
            active: root.desk.filling

            sourceComponent: FormPane {
                form: root.desk.form
            }
        }
    }
}
