pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What is wrong with the kiosk, for as long as it is so: a line each, over every page.
Column {
    id: root

    required property DeskModel desk

    Repeater {
        model: root.desk.standing

        Rectangle {
            id: line

            required property var modelData

            objectName: "standing"
            width: root.width
            height: Math.max(told.height, key.visible ? key.height + 4 : 0) + 16
            color: Theme.brickTint

            Icon {
                x: 24
                anchors.verticalCenter: parent.verticalCenter
                name: "warning"
                size: 24
                ink: Theme.brick
                fill: line.color
            }

            DeskText {
                id: told

                x: 60
                width: (key.visible ? key.x - 16 : parent.width - 24) - x
                anchors.verticalCenter: parent.verticalCenter
                text: line.modelData.text
                strong: true
                color: Theme.brick
            }

            DeskKey {
                id: key

                objectName: line.modelData.deed
                visible: line.modelData.deed !== ""
                anchors.right: parent.right
                anchors.rightMargin: 24
                anchors.verticalCenter: parent.verticalCenter
                implicitHeight: 44
                textSize: 17
                icon: "check"
                text: line.modelData.label
                onTapped: root.desk.confirmClock()
            }
        }
    }
}
