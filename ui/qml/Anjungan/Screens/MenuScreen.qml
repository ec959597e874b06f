pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property var entries: [
        {
            "name": "learn",
            "sign": "heart",
            "title": "menu.learn",
            "line": "menu.learn_lead",
            "act": () => root.visit.learn.begin()
        },
        {
            "name": "calculator",
            "sign": "calculator",
            "title": "menu.calculator",
            "line": "menu.calculator_lead",
            "act": () => root.visit.calculate()
        },
        {
            "name": "pay",
            "sign": "wallet",
            "title": "menu.pay",
            "line": "menu.pay_lead",
            "act": () => root.visit.pay.begin()
        },
        {
            "name": "reprint",
            "sign": "printer",
            "title": "menu.reprint",
            "line": "menu.reprint_lead",
            "act": () => root.visit.proof.beginReprint()
        },
        {
            "name": "status",
            "sign": "magnifying-glass",
            "title": "menu.status",
            "line": "menu.status_lead",
            "act": () => root.visit.proof.beginStatus()
        },
        {
            "name": "menuHelp",
            "sign": "hand-waving",
            "title": "common.call_staff",
            "line": "menu.help",
            "act": () => root.visit.callStaff()
        }
    ]

    Column {
        id: head

        x: Theme.margin
        y: Theme.plainTop
        width: Theme.width
        spacing: Theme.pick(14, 4)

        Words {
            width: parent.width
            text: Texts.say("menu.title")
            strong: true
            font.pixelSize: Theme.h1
        }

        Words {
            visible: !Theme.largest
            width: parent.width
            text: Texts.say("menu.lead")
            color: Theme.inkSoft
        }
    }

    MainKey {
        id: hero

        objectName: "register"
        Accessible.name: Texts.say("menu.register")
        x: Theme.margin
        y: head.y + head.height + Theme.pick(30, 18)
        width: Theme.pick(Theme.width, 480)
        height: Theme.pick(root.entries.length > 4 ? 460 : 520, Theme.workBottom - y - 6)
        icon: ""
        ready: !(root.visit.waitsForPrinter || root.visit.waitsForRoom)
        radius: Theme.radius
        ledgeHeight: Theme.heroLedge
        onTapped: root.visit.begin()

        Rectangle {
            visible: picture.visible
            x: picture.x + picture.width / 2 - width / 2
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.pick(40, 20)
            width: Theme.pick(390, 200)
            height: width
            radius: width / 2
            color: hero.ready ? "#FFE4AC" : Theme.seaTint
        }

        Picture {
            id: picture

            visible: !Theme.contrast && Theme.textStep === 0
            name: "warga"
            x: parent.width - width - Theme.pick(38, 20)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.keyEdge
            width: Theme.pick(440, 240)
            height: Theme.pick(380, 200)
        }

        Column {
            x: Theme.pick(50, 32)
            width: picture.visible && Theme.portrait ? picture.x - x : parent.width - 2 * x
            y: Theme.portrait ? (parent.height - height) / 2 : 36
            spacing: Theme.pick(20, 12)

            Words {
                text: Texts.say("menu.register")
                strong: true
                color: hero.ink
                font.pixelSize: Theme.sized([84, 90, 96], [58, 62, 66])
            }

            Words {
                width: parent.width
                text: root.visit.waitsForRoom ? Texts.say("menu.register_waits_room") : root.visit.waitsForPrinter ? Texts.say("menu.register_waits") : Texts.say("menu.register_free") + "\n" + Texts.say("menu.register_ktp") + "\n" + Texts.say("menu.register_time")
                color: hero.ink
                font.pixelSize: Theme.h3
                lineHeight: 1.3
            }
        }
    }

    // There only while somebody can go on with what they left half entered.
    Key {
        id: resume

        objectName: "resume"
        visible: root.visit.proof.offered
        x: grid.x
        y: Theme.pick(hero.y + hero.height + 30, hero.y)
        width: Theme.sheetWidth - Theme.margin - x
        height: Theme.pick(126, 84)
        radius: Theme.radius
        face: Theme.seaTint
        icon: "arrow-counter-clockwise"
        text: Texts.say("menu.resume")
        pixelSize: Theme.sized([42, 46, 48], [27, 30, 32])
        onTapped: root.visit.proof.beginResume()
    }

    Grid {
        id: grid

        readonly property int rows_: Math.ceil(root.entries.length / columns)
        readonly property int keyHeight: (Theme.pick(Theme.stripTop - 40, Theme.workBottom) - y - (rows_ - 1) * spacing) / rows_

        // The second sentence of each key, where there is room for it under every title.
        readonly property bool withLines: !Theme.largest && (Theme.portrait || !resume.visible) && keyHeight >= Theme.sized([260, 310, 0], [100, 160, 0])

        x: Theme.pick(Theme.margin, Theme.margin + hero.width + 26)
        y: resume.visible ? resume.y + resume.height + spacing : resume.y
        columns: 2
        spacing: Theme.pick(26, 16)

        Repeater {
            model: root.entries

            Key {
                id: entry

                required property var modelData

                objectName: modelData.name
                Accessible.name: title.text
                width: (Theme.sheetWidth - Theme.margin - grid.x - grid.spacing) / grid.columns
                height: grid.keyHeight
                radius: Theme.radius
                onTapped: modelData.act()

                Icon {
                    id: sign

                    x: Theme.pick(32, 22)
                    y: Theme.pick(26, (grid.keyHeight - entry.ledgeHeight - height) / 2)
                    name: entry.modelData.sign
                    size: Theme.pick(grid.rows_ > 2 ? 76 : 100, 58)
                }

                Column {
                    x: Theme.pick(36, sign.x + sign.width + 18)
                    y: Theme.pick(grid.keyHeight - entry.ledgeHeight - height - 22, (grid.keyHeight - entry.ledgeHeight - height) / 2)
                    width: parent.width - x - Theme.pick(24, 12)
                    spacing: Theme.pick(6, 2)

                    Words {
                        id: title

                        width: parent.width
                        text: Texts.say(entry.modelData.title)
                        strong: true
                        font.pixelSize: Theme.sized([42, 46, 48], [27, 30, 32])
                    }

                    Words {
                        visible: grid.withLines
                        width: parent.width
                        text: Texts.say(entry.modelData.line)
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                    }
                }
            }
        }
    }
}
