import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// A token that was just made, as QR code and as text.
Pane {
    id: root

    required property ConsoleTokenModel token

    Rectangle {
        id: sheet

        x: 24
        y: 24
        width: Math.min(parent.width * 0.45, parent.height - 48)
        height: width
        color: "#FFFFFF"
        border.width: 2
        border.color: Theme.control

        Image {
            objectName: "tokenCode"
            anchors.fill: parent
            anchors.margins: 8
            source: root.token.picture
            fillMode: Image.PreserveAspectFit
            smooth: false
        }
    }

    Column {
        id: words

        x: sheet.x + sheet.width + 28
        y: 24
        width: parent.width - x - 24
        spacing: 12

        DeskText {
            width: parent.width
            text: Texts.say(root.token.forKiosk ? "console.token.for_kiosk" : "console.token.for_person")
            strong: true
            font.pixelSize: 26
        }

        DeskText {
            objectName: "tokenUntil"
            width: parent.width
            text: Texts.say("console.token.until", {
                "until": root.token.until
            })
            color: Theme.inkSoft
            lineHeight: 1.2
        }

        DeskText {
            visible: root.token.onlyHere
            width: parent.width
            text: Texts.say("console.token.only_here")
            strong: true
            color: Theme.amber
        }

        DeskText {
            objectName: "tokenWithoutKey"
            visible: root.token.withoutKey
            width: parent.width
            text: Texts.say("console.token.without_key")
            strong: true
            color: Theme.amber
        }

        Flickable {
            width: parent.width
            height: Math.min(contentHeight, root.height - y - 120)
            contentHeight: text.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            TextEdit {
                id: text

                objectName: "tokenText"
                width: parent.width
                readOnly: true
                selectByMouse: true
                text: root.token.text
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: 15
                wrapMode: TextEdit.WrapAnywhere
                Accessible.role: Accessible.EditableText
                Accessible.name: Texts.say("console.sign_in.token")
            }
        }
    }

    Row {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 24
        spacing: 14

        DeskKey {
            objectName: "copyToken"
            height: 54
            icon: "clipboard-text"
            text: Texts.say("console.token.copy")
            onTapped: root.token.copy()
        }

        DeskMainKey {
            objectName: "closeToken"
            height: 54
            icon: "check"
            text: Texts.say("console.token.close")
            onTapped: root.token.close()
        }
    }
}
