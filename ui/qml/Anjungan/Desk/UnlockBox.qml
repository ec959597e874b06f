import QtQuick
import Anjungan.Look

// Asks for the password of a locked file; it is gone from here once it was sent.
Item {
    id: root

    signal unlocked(password: string)

    implicitHeight: 54

    TextBox {
        id: password

        objectName: "filePassword"
        width: parent.width - open.width - 14
        height: parent.height
        placeholder: Texts.say("desk.unlock.password")
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
