import QtQuick
import Anjungan.Look
import Anjungan.Models

// The office's own numbers, of this kiosk alone.
Item {
    id: root

    required property DeskModel desk

    NumbersView {
        id: view

        anchors.fill: parent
        numbers: root.desk.numbers
        before: [
            DeskKey {
                objectName: "backToRecap"
                icon: "clipboard-text"
                text: view.wide ? Texts.say("desk.page.recap") : ""
                Accessible.name: Texts.say("desk.page.recap")
                textSize: 17
                onTapped: root.desk.go("recap")
            }
        ]
    }
}
