import QtQuick
import Anjungan.Look

// Asks for the password of a locked file; it is gone from here once it was sent.
Column {
    id: root

    signal unlocked(password: string)

    spacing: 10

    DeskText {
        text: Texts.say("desk.unlock.password")
        color: Theme.inkSoft
    }

    Item {
        width: parent.width
        height: 54

        TextBox {
            id: password

            objectName: "filePassword"
            width: parent.width - open.width - 14
            height: parent.height
            label: Texts.say("desk.unlock.password")
            input.maximumLength: 255
            input.inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
            input.onAccepted: root.send()
        }

        DeskMainKey {
            id: open

            objectName: "unlockFile"
            anchors.right: parent.right
            height: parent.height
            ready: password.text.trim() !== ""
            icon: "lock-key-open"
            text: Texts.say("desk.unlock.open")
            onTapped: root.send()
        }
    }

    DeskText {
        width: parent.width
        text: Texts.say("desk.unlock.as_told")
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    onVisibleChanged: clear()
    Component.onCompleted: clear()

    function send(): void {
        const typed = password.text.trim();
        password.text = "";
        if (typed !== "")
            unlocked(typed);
    }

    function clear(): void {
        password.text = "";
        if (visible)
            password.input.forceActiveFocus();
    }
}
