pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// Who works here: by password where the centre is known, else by a token or an address.
Item {
    id: root

    required property ConsoleModel admin
    readonly property ConsoleSignInModel entry: admin.signIn
    readonly property string way: entry.way
    readonly property bool known: way === "known"
    readonly property bool byToken: way === "token"
    readonly property bool complete: known ? secret.text !== "" : byToken ? token.text.trim() !== "" && secret.text !== "" && again.text !== "" : address.text.trim() !== "" && login.text.trim() !== "" && secret.text !== ""

    Pane {
        anchors.centerIn: parent
        width: 600
        height: column.height + 72

        Column {
            id: column

            x: 36
            y: 36
            width: parent.width - 72
            spacing: 10

            DeskText {
                width: parent.width
                text: Texts.say("console.sign_in.title")
                strong: true
                font.pixelSize: 30
            }

            DeskText {
                objectName: "signInLead"
                width: parent.width
                text: root.known ? Texts.say("console.sign_in.known", {
                    "address": root.entry.address,
                    "name": root.entry.who
                }) : Texts.say(root.byToken ? "console.sign_in.by_token" : "console.sign_in.by_address")
                color: Theme.inkSoft
                lineHeight: 1.2
                bottomPadding: 6
            }

            DeskText {
                objectName: "consoleFailed"
                visible: root.admin.failedWith !== ""
                width: parent.width
                text: Texts.say("console.failed.bug", {
                    "code": root.admin.failedWith
                })
                strong: true
                color: Theme.brick
            }

            ConsoleLabel {
                visible: root.byToken
                text: Texts.say("console.sign_in.token")
            }

            TextBox {
                id: token

                objectName: "signInToken"
                visible: root.byToken
                width: parent.width
                label: Texts.say("console.sign_in.token")
                input.maximumLength: 8000
                input.inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                input.onAccepted: secret.input.forceActiveFocus()
            }

            ConsoleLabel {
                visible: address.visible
                text: Texts.say("console.sign_in.address")
            }

            TextBox {
                id: address

                objectName: "signInAddress"
                visible: root.way === "address"
                width: parent.width
                label: Texts.say("console.sign_in.address")
                placeholder: Texts.say("console.sign_in.address_like")
                input.maximumLength: 400
                input.inputMethodHints: Qt.ImhNoPredictiveText
                input.onAccepted: login.input.forceActiveFocus()
            }

            ConsoleLabel {
                visible: login.visible
                text: Texts.say("console.sign_in.login")
            }

            TextBox {
                id: login

                objectName: "signInLogin"
                visible: root.way === "address"
                width: parent.width
                label: Texts.say("console.sign_in.login")
                placeholder: "staff_..."
                input.maximumLength: 63
                input.inputMethodHints: Qt.ImhNoPredictiveText
                input.onAccepted: secret.input.forceActiveFocus()
            }

            ConsoleLabel {
                text: Texts.say(root.byToken ? "console.sign_in.new_password" : "console.sign_in.password")
            }

            TextBox {
                id: secret

                objectName: "signInPassword"
                width: parent.width
                label: Texts.say(root.byToken ? "console.sign_in.new_password" : "console.sign_in.password")
                secret: true
                wrong: root.entry.problem !== ""
                input.maximumLength: 200
                input.inputMethodHints: Qt.ImhSensitiveData
                input.onAccepted: root.byToken ? again.input.forceActiveFocus() : root.send()
            }

            ConsoleLabel {
                visible: again.visible
                text: Texts.say("console.sign_in.again")
            }

            TextBox {
                id: again

                objectName: "signInAgain"
                visible: root.byToken
                width: parent.width
                label: Texts.say("console.sign_in.again")
                secret: true
                input.maximumLength: 200
                input.inputMethodHints: Qt.ImhSensitiveData
                input.onAccepted: root.send()
            }

            DeskText {
                objectName: "signInProblem"
                width: parent.width
                visible: text !== ""
                text: root.entry.problem
                strong: true
                color: Theme.brick
                lineHeight: 1.2
            }

            DeskMainKey {
                objectName: "signIn"
                width: parent.width
                height: 56
                icon: "sign-in"
                text: Texts.say(root.entry.busy ? "console.sign_in.waits" : "console.sign_in.enter")
                ready: !root.entry.busy && root.complete
                onTapped: root.send()
            }

            Flow {
                width: parent.width
                spacing: 10

                DeskKey {
                    objectName: "wayKnown"
                    visible: root.entry.known && !root.known
                    textSize: 16
                    text: Texts.say("console.sign_in.to_known")
                    onTapped: root.entry.take("known")
                }

                DeskKey {
                    objectName: "wayToken"
                    visible: !root.byToken
                    textSize: 16
                    text: Texts.say("console.sign_in.to_token")
                    onTapped: root.entry.take("token")
                }

                DeskKey {
                    objectName: "wayAddress"
                    visible: root.way !== "address"
                    textSize: 16
                    text: Texts.say("console.sign_in.to_address")
                    onTapped: root.entry.take("address")
                }
            }
        }
    }

    onWayChanged: clear()
    Component.onCompleted: clear()

    Connections {
        target: root.entry

        function onRefused(): void {
            again.text = "";
            secret.text = "";
            secret.input.forceActiveFocus();
        }
    }

    function send(): void {
        if (!complete || entry.busy)
            return;
        if (known)
            entry.bySecret(secret.text);
        else if (byToken)
            entry.byToken(token.text, secret.text, again.text);
        else
            entry.byAddress(address.text, login.text, secret.text);
    }

    function clear(): void {
        for (const box of [token, address, login, secret, again])
            box.text = "";
        // A box that is only just shown takes no focus yet.
        Qt.callLater(focusFirst);
    }

    function focusFirst(): void {
        (known ? secret : byToken ? token : address).input.forceActiveFocus();
    }
}
