pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property var cards: [
        {
            "picture": "jkk",
            "name": Texts.say("benefits.accident.name"),
            "title": Texts.say("benefits.accident.title"),
            "line": Texts.say("benefits.accident.text")
        },
        {
            "picture": "jkm",
            "name": Texts.say("benefits.death.name"),
            "title": root.visit.offer.deathTitle,
            "line": root.visit.offer.deathText
        },
        {
            "picture": "beasiswa",
            "name": Texts.say("benefits.school.name"),
            "title": root.visit.offer.schoolTitle,
            "line": root.visit.offer.schoolText
        },
        {
            "picture": "jht",
            "name": Texts.say("benefits.old_age.name"),
            "title": Texts.say("benefits.old_age.title"),
            "line": Texts.say("benefits.old_age.text")
        }
    ]

    Column {
        x: Theme.margin
        y: 156
        width: Theme.width
        spacing: 14

        Words {
            text: Texts.say("benefits.title")
            strong: true
            font.pixelSize: Theme.h1
        }

        Words {
            text: Texts.say("benefits.lead")
            color: Theme.inkSoft
        }
    }

    Column {
        x: Theme.margin
        y: 324
        width: Theme.width
        spacing: 26

        Repeater {
            model: root.cards

            Rectangle {
                id: card

                required property var modelData

                width: Theme.width
                height: 258
                radius: Theme.radius
                color: Theme.card
                border.width: Theme.tileEdge
                border.color: Theme.line

                Rectangle {
                    x: 2
                    y: 2
                    width: 236
                    height: parent.height - 4
                    radius: Theme.radius
                    color: Theme.seaTint

                    Picture {
                        name: card.modelData.picture
                        x: 14
                        y: 20
                        width: parent.width - 28
                        height: parent.height - 20
                    }
                }

                Column {
                    x: 270
                    width: parent.width - x - 30
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 6

                    Words {
                        width: parent.width
                        text: card.modelData.name
                        strong: true
                        color: Theme.sea
                        font.pixelSize: Theme.small
                    }

                    Words {
                        width: parent.width
                        text: card.modelData.title
                        strong: true
                        font.pixelSize: 40
                    }

                    Words {
                        width: parent.width
                        text: card.modelData.line
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                    }
                }
            }
        }
    }

    Banner {
        x: Theme.margin
        y: 1470
        width: Theme.width
        text: Texts.say("benefits.not_health")
    }

    QuietKey {
        objectName: "backToMenu"
        x: Theme.margin
        y: Theme.navTop
        width: 300
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }

    MainKey {
        objectName: "registerNow"
        x: 424
        y: Theme.navTop
        width: 600
        height: Theme.navHeight
        text: Texts.say("benefits.register")
        onTapped: root.visit.begin()
    }
}
