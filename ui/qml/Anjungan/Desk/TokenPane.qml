pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// A token is pasted, scanned or read from a file; what it says is shown before it is used.
Item {
    id: root

    required property TokenModel token
    readonly property bool joining: token.purpose === "join"
    property string title: Texts.say(joining ? "desk.join.title" : "desk.join.login_title")
    property string backText: Texts.say("desk.cancel")
    property bool mayLeave: true
    // Beside the board there is room for what is typed alone.
    readonly property bool low: height < 270

    signal calledOff
    signal sent(string pin)

    DeskText {
        id: head

        width: parent.width
        text: root.title
        strong: true
        font.pixelSize: 26
    }

    DeskText {
        id: lead

        visible: !root.low
        y: head.height + 8
        width: Math.min(parent.width, 620)
        text: root.token.there ? Texts.say(root.joining ? "desk.join.check" : "desk.join.pin_lead") : Texts.say(root.joining ? "desk.join.lead" : "desk.join.login_lead")
        color: Theme.inkSoft
        lineHeight: 1.2
    }

    Rectangle {
        id: problem

        visible: root.token.problem !== ""
        y: (root.low ? head.height : lead.y + lead.height) + 12
        width: parent.width
        height: visible ? wrong.height + 20 : 0
        radius: 10
        color: Theme.brickTint
        border.width: Theme.contrast ? 2 : 0
        border.color: Theme.brick

        Icon {
            x: 14
            name: "warning"
            size: 24
            ink: Theme.brick
            fill: Theme.brickTint
            anchors.verticalCenter: parent.verticalCenter
        }

        DeskText {
            id: wrong

            objectName: "tokenProblem"
            x: 50
            width: parent.width - 66
            text: root.token.problem
            strong: true
            color: Theme.brick
            anchors.verticalCenter: parent.verticalCenter
        }
    }

    Item {
        id: ways

        visible: !root.token.there
        anchors.top: problem.bottom
        anchors.topMargin: 14
        anchors.bottom: back.top
        anchors.bottomMargin: 12
        width: parent.width

        TextBox {
            id: box

            objectName: "tokenText"
            width: parent.width - read.width - 14
            height: 54
            placeholder: Texts.say("desk.join.paste")
            input.maximumLength: 8000
            input.inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
            input.onAccepted: root.read()
        }

        DeskMainKey {
            id: read

            objectName: "readToken"
            anchors.right: parent.right
            height: 54
            ready: box.text.trim() !== ""
            icon: "arrow-right"
            iconAfter: true
            text: Texts.say("desk.join.read")
            onTapped: root.read()
        }

        FileList {
            visible: !root.low
            anchors.top: box.bottom
            anchors.topMargin: 14
            anchors.bottom: parent.bottom
            width: parent.width
            files: root.token.files
        }
    }

    KnownFacts {
        id: facts

        visible: root.token.there
        anchors.top: problem.bottom
        anchors.topMargin: 20
        width: parent.width
        facts: root.token.facts
    }

    TextBox {
        id: pin

        objectName: "tokenPin"
        visible: root.token.there && !root.joining
        anchors.top: facts.bottom
        anchors.topMargin: 24
        width: 320
        height: 54
        secret: true
        placeholder: Texts.say("desk.sign_in.pin")
        input.maximumLength: 12
        input.inputMethodHints: Qt.ImhDigitsOnly | Qt.ImhSensitiveData
        input.onAccepted: root.send()
        onVisibleChanged: {
            text = "";
            if (visible)
                input.forceActiveFocus();
        }
    }

    DeskKey {
        id: back

        objectName: "tokenBack"
        visible: root.token.there || root.mayLeave
        anchors.bottom: parent.bottom
        height: 54
        icon: "arrow-left"
        text: root.token.there ? Texts.say("desk.join.other") : root.backText
        onTapped: root.token.there ? root.token.cancel() : root.calledOff()
    }

    DeskMainKey {
        objectName: "useToken"
        visible: root.token.there
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 54
        ready: !root.token.busy && (root.joining || pin.text !== "")
        icon: root.joining ? "plugs-connected" : "sign-in"
        text: Texts.say(root.token.busy ? "desk.join.working" : root.joining ? (root.token.failed ? "desk.join.again" : "desk.join.use") : "desk.centre.login")
        onTapped: root.send()
    }

    Component.onCompleted: box.input.forceActiveFocus()

    function read(): void {
        const given = box.text;
        box.text = "";
        if (given.trim() !== "")
            root.token.give(given);
    }

    function send(): void {
        const typed = pin.text;
        pin.text = "";
        root.sent(typed);
    }
}
