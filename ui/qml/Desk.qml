import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// The desk in a window of its own.
Window {
    id: root

    required property KioskModel kiosk
    required property DeskModel desk

    width: 1366
    height: 768
    minimumWidth: 800
    minimumHeight: 450
    color: Theme.paper
    title: Texts.say("desk.title")

    Binding {
        target: Theme
        property: "portrait"
        value: false
    }

    DeskSheet {
        anchors.fill: parent
        desk: root.desk
        kiosk: root.kiosk
    }
}
