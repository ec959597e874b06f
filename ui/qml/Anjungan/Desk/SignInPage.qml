import QtQuick
import Anjungan.Look
import Anjungan.Models

// Who works here now: name and PIN.
Item {
    id: root

    required property DeskModel desk
    readonly property bool waits: desk.waitSeconds > 0

    Pane {
        anchors.centerIn: parent
        width: 520
        height: column.height + 72

        Column {
            id: column

            x: 36
            y: 36
            width: parent.width - 72
            spacing: 16

            DeskText {
                width: parent.width
                text: Texts.say("desk.sign_in.title")
                strong: true
                font.pixelSize: 30
            }

            DeskText {
                objectName: "practiceHint"
                visible: text !== ""
                width: parent.width
                text: root.desk.practiceHint
                strong: true
            }

            DeskText {
                width: parent.width
                text: Texts.say("desk.sign_in.name")
                color: Theme.inkSoft
            }

            TextBox {
                id: name

                objectName: "staffName"
                width: parent.width
                label: Texts.say("desk.sign_in.name")
                input.maximumLength: 60
                input.onAccepted: pin.input.forceActiveFocus()
            }

            DeskText {
                width: parent.width
                text: Texts.say("desk.sign_in.pin")
                color: Theme.inkSoft
            }

            TextBox {
                id: pin

                objectName: "staffPin"
                width: parent.width
                label: Texts.say("desk.sign_in.pin")
                secret: true
                wrong: root.desk.wrong
                input.maximumLength: 12
                input.inputMethodHints: Qt.ImhDigitsOnly | Qt.ImhSensitiveData
                input.onAccepted: root.send()
            }

            DeskText {
                width: parent.width
                visible: text !== ""
                text: root.waits ? Texts.say("desk.sign_in.wait", {
                    "seconds": root.desk.waitSeconds
                }) : root.desk.wrong ? Texts.say("desk.sign_in.wrong") : ""
                strong: true
                color: Theme.brick
            }

            Row {
                spacing: 14
                topPadding: 8

                DeskKey {
                    objectName: "signInBack"
                    width: 170
                    height: 56
                    icon: "arrow-left"
                    text: Texts.say("desk.back")
                    onTapped: root.desk.leave()
                }

                DeskMainKey {
                    objectName: "signIn"
                    width: column.width - 184
                    height: 56
                    icon: "sign-in"
                    text: Texts.say("desk.sign_in.enter")
                    ready: !root.waits && !root.desk.judging && name.text.trim() !== "" && pin.text !== ""
                    onTapped: root.send()
                }
            }
        }
    }

    onVisibleChanged: clear()
    Component.onCompleted: clear()

    Connections {
        target: root.desk

        function onSignInChanged(): void {
            if (root.desk.wrong && !root.desk.judging) {
                pin.text = "";
                pin.input.forceActiveFocus();
            }
        }
    }

    function send(): void {
        desk.signIn(name.text, pin.text);
    }

    function clear(): void {
        name.text = "";
        pin.text = "";
        if (visible)
            name.input.forceActiveFocus();
    }
}
