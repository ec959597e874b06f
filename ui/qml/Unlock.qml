import QtQuick
import Anjungan.Look
import Anjungan.Models

// What stands on the screen until staff have typed the passphrase: nothing can be opened before.
Window {
    id: root

    required property KioskModel kiosk
    required property UnlockModel lock

    width: 1080
    height: 1920
    color: Theme.paper
    title: Texts.say("common.kiosk")

    Binding {
        target: Theme
        property: "portrait"
        value: root.height >= root.width
    }

    Connections {
        target: root.kiosk

        function onEntered(): void {
            root.lock.open();
        }
    }

    Item {
        width: Theme.sheetWidth
        height: Theme.sheetHeight
        anchors.centerIn: parent
        scale: Math.min(root.width / width, root.height / height)

        PlaceBar {
            x: Theme.margin
            y: Theme.pick(30, 14)
            office: root.kiosk.office
        }

        Column {
            x: Theme.margin
            y: Theme.pick(300, 96)
            width: Theme.width
            spacing: Theme.pick(36, 10)

            Icon {
                visible: Theme.portrait
                name: "lock-key"
                size: 160
            }

            Words {
                width: parent.width
                text: Texts.say("unlock.title")
                strong: true
                font.pixelSize: Theme.h1
            }

            Words {
                objectName: "said"
                width: parent.width
                text: Texts.say(root.lock.busy ? "unlock.checking" : root.lock.wrong ? "unlock.wrong" : "unlock.lead")
                strong: root.lock.wrong
                color: root.lock.wrong ? Theme.brick : Theme.inkSoft
            }

            Field {
                width: parent.width
                label: Theme.portrait ? Texts.say("unlock.field") : ""
                Accessible.name: Texts.say("unlock.field")
                text: root.lock.shown
                active: !root.lock.busy
                wrong: root.lock.wrong
            }
        }

        LetterBoard {
            x: Theme.margin
            y: Theme.boardTop
            width: Theme.width
            height: Theme.workBottom - y
            withFigures: true
            enabled: !root.lock.busy
            onTyped: letter => root.lock.type(letter)
            onDeleted: root.lock.erase()
        }

        MainKey {
            objectName: "unlock"
            x: Theme.sheetWidth - Theme.margin - width
            y: Theme.navTop
            width: Theme.nextWidth
            height: Theme.navHeight
            ready: root.lock.ready
            text: Texts.say("unlock.open")
            onTapped: root.lock.open()
        }
    }
}
