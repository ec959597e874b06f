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

    TextBox {
        id: password

        objectName: "filePassword"
        width: parent.width
        height: 54
        label: Texts.say("desk.unlock.password")
        input.maximumLength: 255
        input.inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
        input.onAccepted: root.send()
    }

    DeskText {
        width: parent.width
        text: Texts.say("desk.unlock.as_told")
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    Item {
        width: parent.width
        height: 66

        DeskMainKey {
            objectName: "unlockFile"
            anchors.bottom: parent.bottom
            height: 54
            ready: password.text.trim() !== ""
            icon: "lock-key-open"
            text: Texts.say("desk.unlock.open")
            onTapped: root.send()
        }
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
