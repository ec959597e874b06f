pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// The dark bar above every page: the pages, who works here, and the time.
Rectangle {
    id: root

    required property ConsoleModel admin
    required property KioskModel kiosk
    readonly property bool signedIn: admin.account !== ""

    height: 64
    color: Theme.seaDeep

    Column {
        x: 24
        y: 11
        spacing: 4

        DeskText {
            text: root.kiosk.kabupaten
            strong: true
            color: Theme.overSeaDeep
            wrapMode: Text.NoWrap
        }

        DeskText {
            text: Texts.say("console.title")
            color: Theme.overSeaDeepSoft
            font.pixelSize: 16
            wrapMode: Text.NoWrap
        }
    }

    Row {
        visible: root.signedIn
        x: 250
        height: parent.height

        Repeater {
            model: root.admin.pages

            DeskKey {
                id: tab

                required property string modelData
                readonly property bool here: root.admin.page === modelData || (root.admin.page === "kiosk" && modelData === "fleet")

                objectName: "page_" + modelData
                Accessible.role: Accessible.PageTab
                Accessible.checked: here
                flat: true
                edgeWidth: 0
                radius: 0
                strong: here
                implicitWidth: words.implicitWidth + 30
                height: parent.height
                ringOutside: -4
                ring: Theme.kunyit
                face: Theme.seaDeep
                facePressed: Theme.sea
                Accessible.name: words.text
                onTapped: root.admin.go(modelData)

                DeskText {
                    id: words

                    anchors.centerIn: parent
                    text: Texts.say("console.page." + tab.modelData)
                    strong: tab.here
                    color: tab.here ? Theme.overSeaDeep : Theme.overSeaDeepSoft
                    wrapMode: Text.NoWrap
                }

                Rectangle {
                    visible: tab.here
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 6
                    color: Theme.kunyit
                }
            }
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: 24
        y: 9
        spacing: 6

        HeadKey {
            objectName: "consoleLanguage"
            visible: root.kiosk.nextLanguage !== ""
            icon: "translate"
            text: root.kiosk.nextLanguage
            onTapped: root.kiosk.switchLanguage()
        }

        HeadKey {
            objectName: "consoleLeave"
            visible: root.signedIn
            // A long name leaves room for the pages.
            width: Math.min(who.implicitWidth + 60, 212)
            Accessible.name: Texts.say("desk.sign_out") + ", " + root.admin.account
            onTapped: root.admin.leave()

            Icon {
                x: 10
                name: "sign-out"
                size: 26
                ink: Theme.overSeaDeep
                fill: Theme.contrast ? Theme.seaDeep : Theme.iconFill
                anchors.verticalCenter: parent.verticalCenter
            }

            DeskText {
                id: who

                x: 48
                width: parent.width - 56
                text: root.admin.account
                color: Theme.overSeaDeep
                font.pixelSize: 17
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                anchors.verticalCenter: parent.verticalCenter
            }
        }

        DeskText {
            text: root.admin.clock
            color: Theme.overSeaDeep
            font.pixelSize: 17
            leftPadding: 8
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
