import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    component MenuKey: Key {
        id: entry

        required property string sign
        required property string title
        required property string line

        Accessible.name: title
        radius: Theme.radius
        ledgeHeight: 8

        Icon {
            id: sign

            x: 44
            anchors.verticalCenter: parent.verticalCenter
            name: entry.sign
            size: 132
        }

        Column {
            anchors.left: sign.right
            anchors.leftMargin: 40
            anchors.right: parent.right
            anchors.rightMargin: 30
            anchors.verticalCenter: parent.verticalCenter
            spacing: 6

            Words {
                width: parent.width
                text: entry.title
                strong: true
                font.pixelSize: Theme.h2
            }

            Words {
                width: parent.width
                text: entry.line
                color: Theme.inkSoft
                font.pixelSize: Theme.small
            }
        }
    }

    Column {
        x: Theme.margin
        y: 156
        width: Theme.width
        spacing: 14

        Words {
            text: Texts.say("menu.title")
            strong: true
            font.pixelSize: Theme.h1
        }

        Words {
            text: Texts.say("menu.lead")
            color: Theme.inkSoft
        }
    }

    MainKey {
        id: hero

        objectName: "register"
        Accessible.name: Texts.say("menu.register")
        x: Theme.margin
        y: 324
        width: Theme.width
        height: 564
        icon: ""
        radius: Theme.radius
        ledgeHeight: Theme.heroLedge
        onTapped: root.visit.begin()

        Rectangle {
            visible: !Theme.contrast
            x: 500
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 40
            width: 410
            height: 410
            radius: 205
            color: "#FFE4AC"
        }

        Picture {
            visible: !Theme.contrast
            name: "warga"
            x: 480
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 3
            width: 450
            height: 400
        }

        Column {
            x: 50
            anchors.verticalCenter: parent.verticalCenter
            spacing: 20

            Words {
                text: Texts.say("menu.register")
                strong: true
                color: Theme.overKunyit
                font.pixelSize: 84
            }

            Words {
                text: Texts.say("menu.register_free") + "\n" + Texts.say("menu.register_ktp") + "\n" + Texts.say("menu.register_time")
                color: Theme.overKunyit
                font.pixelSize: Theme.h3
                lineHeight: 1.3
            }
        }
    }

    MenuKey {
        objectName: "learn"
        x: Theme.margin
        y: 932
        width: Theme.width
        height: 370
        sign: "heart"
        title: Texts.say("menu.learn")
        line: Texts.say("menu.learn_lead")
        onTapped: root.visit.learn()
    }

    MenuKey {
        objectName: "menuHelp"
        x: Theme.margin
        y: 1350
        width: Theme.width
        height: 370
        sign: "hand-waving"
        title: Texts.say("common.call_staff")
        line: Texts.say("menu.help")
        onTapped: root.visit.callStaff()
    }
}
