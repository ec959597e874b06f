import QtQuick
import Anjungan.Console
import Anjungan.Look
import Anjungan.Models

// The console of the kabupaten's admin in a window of its own.
Window {
    id: root

    required property KioskModel kiosk
    required property ConsoleModel admin

    width: 1366
    height: 768
    minimumWidth: 800
    minimumHeight: 450
    color: Theme.paper
    title: Texts.say("console.title")

    Binding {
        target: Theme
        property: "portrait"
        value: false
    }

    ConsoleSheet {
        anchors.fill: parent
        admin: root.admin
        kiosk: root.kiosk
    }
}
