pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// For people who stopped paying: what that means, and that they can come back.
VisitScreen {
    id: root

    readonly property bool pictured: Theme.portrait ? !Theme.largest : Theme.textStep < 2
    readonly property int textX: Theme.margin + Theme.pick(0, pictured ? 406 : 0)

    Rectangle {
        id: frame

        visible: root.pictured
        x: Theme.margin
        y: Theme.plainTop
        width: Theme.pick(Theme.width, 380)
        height: Theme.pick(Theme.textStep > 0 ? 300 : 460, Theme.workBottom - y)
        radius: Theme.radius
        color: Theme.seaTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Picture {
            visible: !Theme.contrast
            name: "warga"
            x: Theme.pick(60, 24)
            y: Theme.pick(24, 60)
            width: parent.width - 2 * x
            height: parent.height - y
        }

        Icon {
            visible: Theme.contrast
            anchors.centerIn: parent
            name: "wallet"
            size: Theme.pick(220, 170)
        }
    }

    Column {
        id: head

        x: root.textX
        y: Theme.portrait && root.pictured ? frame.y + frame.height + 26 : Theme.plainTop
        width: Theme.sheetWidth - Theme.margin - x
        spacing: Theme.pick(14, 4)

        Words {
            width: parent.width
            text: Texts.say("renew.title")
            strong: true
            font.pixelSize: Theme.h1
        }

        Words {
            width: parent.width
            text: Texts.say("renew.lead")
            color: Theme.inkSoft
        }
    }

    Item {
        x: root.textX
        y: head.y + head.height + Theme.pick(20, 10)
        width: head.width
        height: why.y - y - Theme.pick(20, 10)

        Column {
            id: list

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            spacing: Theme.pick(26, 14)

            Repeater {
                model: root.visit.pay.stopped

                Row {
                    id: fact

                    required property string modelData

                    spacing: Theme.pick(24, 14)

                    Icon {
                        id: sign

                        name: "info"
                        size: Theme.pick(52, 34)
                    }

                    Words {
                        width: list.width - sign.width - fact.spacing
                        text: fact.modelData
                        font.pixelSize: Theme.sized([37, 42, 46], [25, 29, 31])
                    }
                }
            }
        }
    }

    Banner {
        id: why

        x: root.textX
        y: Theme.workBottom - height
        width: head.width
        text: Texts.say("renew.remind")
    }

    QuietKey {
        objectName: "backToPay"
        x: Theme.margin
        y: Theme.navTop
        width: Theme.backWidth
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }

    MainKey {
        objectName: "remind"
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        width: Theme.nextWidth
        height: Theme.navHeight
        icon: "printer"
        text: Texts.say("pay.remind")
        onTapped: root.visit.remind()
    }
}
