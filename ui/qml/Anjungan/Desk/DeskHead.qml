pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The dark bar above every page: the office, the search, what else there is, and who works here.
Rectangle {
    id: root

    required property DeskModel desk
    required property KioskModel kiosk
    readonly property bool upright: width < 1000
    readonly property bool signedIn: desk.account !== ""
    readonly property bool sees: desk.allowed.includes("see")
    property alias search: search

    height: (upright && sees ? 132 : 72) + (practice.visible ? practice.height : 0)
    color: Theme.seaDeep

    Rectangle {
        id: practice

        objectName: "practice"
        visible: root.kiosk.practice
        anchors.bottom: parent.bottom
        width: parent.width
        height: 32
        color: Theme.kunyit

        Row {
            anchors.centerIn: parent
            spacing: 16

            DeskText {
                text: Texts.say("desk.practice.word")
                strong: true
                color: Theme.overKunyit
                wrapMode: Text.NoWrap
            }

            DeskText {
                text: Texts.say("desk.practice.lead")
                color: Theme.overKunyit
                wrapMode: Text.NoWrap
            }
        }
    }

    Column {
        x: 24
        y: 17
        spacing: 5

        DeskText {
            text: root.kiosk.office
            strong: true
            color: Theme.overSeaDeep
            wrapMode: Text.NoWrap
        }

        DeskText {
            text: Texts.say("desk.title")
            color: Theme.overSeaDeepSoft
            font.pixelSize: 16
            wrapMode: Text.NoWrap
        }
    }

    TextBox {
        id: search

        objectName: "search"
        visible: root.sees
        onDark: true
        x: root.upright ? 24 : 250
        y: root.upright ? 74 : 14
        width: root.upright ? parent.width - 48 : Math.min(520, menu.x - x - 20)
        icon: "magnifying-glass"
        placeholder: Texts.say("desk.search")
        text: root.desk.records.query
        input.maximumLength: 80
        input.onTextEdited: {
            root.desk.go("records");
            root.desk.records.search(input.text);
        }
        input.onAccepted: root.desk.records.openFirst()
        Keys.onDownPressed: root.desk.records.step(1)
        Keys.onUpPressed: root.desk.records.step(-1)
        Keys.onEscapePressed: root.desk.records.search("")

        Connections {
            target: root.desk.records

            function onQueryChanged(): void {
                if (search.text !== root.desk.records.query)
                    search.text = root.desk.records.query;
            }
        }
    }

    Row {
        id: menu

        anchors.right: parent.right
        anchors.rightMargin: 24
        y: 13
        spacing: root.upright ? 0 : 6

        HeadKey {
            objectName: "boardKey"
            icon: "keyboard"
            text: root.upright ? "" : Texts.say(root.desk.board ? "desk.board_off" : "desk.board_on")
            Accessible.name: Texts.say(root.desk.board ? "desk.board_off" : "desk.board_on")
            onTapped: root.desk.toggleBoard()
        }

        HeadKey {
            objectName: "deskLanguage"
            visible: root.kiosk.nextLanguage !== ""
            icon: "translate"
            text: root.kiosk.nextLanguage
            onTapped: root.kiosk.switchLanguage()
        }

        HeadKey {
            objectName: "account"
            visible: root.signedIn
            icon: "user-circle"
            text: root.desk.account
            onTapped: root.desk.go("own_pin")
        }

        HeadKey {
            objectName: "signOut"
            visible: root.signedIn
            icon: "sign-out"
            text: Texts.say("desk.sign_out")
            onTapped: root.desk.signOut()
        }
    }
}
