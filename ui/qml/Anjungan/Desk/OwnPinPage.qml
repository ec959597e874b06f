pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Models

// Changing one's own PIN.
Item {
    id: root

    required property DeskModel desk

    Loader {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 24
        width: Math.min(parent.width - 48, 720)
        height: Math.min(parent.height - 48, 470)
        active: root.desk.filling

        sourceComponent: FormPane {
            form: root.desk.form
        }
    }
}
