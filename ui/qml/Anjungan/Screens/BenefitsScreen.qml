pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property var cards: [
        {
            "topic": "accident",
            "name": Texts.say("benefits.accident.name"),
            "title": Texts.say("benefits.accident.title"),
            "line": Texts.say("benefits.accident.text")
        },
        {
            "topic": "death",
            "name": Texts.say("benefits.death.name"),
            "title": root.visit.offer.deathTitle,
            "line": root.visit.offer.deathText
        },
        {
            "topic": "school",
            "name": Texts.say("benefits.school.name"),
            "title": root.visit.offer.schoolTitle,
            "line": root.visit.offer.schoolText
        },
        {
            "topic": "old_age",
            "name": Texts.say("benefits.old_age.name"),
            "title": Texts.say("benefits.old_age.title"),
            "line": Texts.say("benefits.old_age.text")
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
            text: Texts.say("benefits.title")
            strong: true
            font.pixelSize: Theme.h1
        }

        Words {
            visible: !Theme.largest
            width: parent.width
            text: Texts.say("benefits.lead")
            color: Theme.inkSoft
        }
    }

    Grid {
        id: grid

        readonly property int cardHeight: (banner.y - Theme.gap - y - (4 / columns - 1) * spacing) / (4 / columns)

        x: Theme.margin
        y: head.y + head.height + Theme.pick(26, 12)
        columns: Theme.pick(1, 2)
        spacing: Theme.pick(22, 14)

        Repeater {
            model: root.cards

            Key {
                id: card

                required property var modelData
                readonly property string picture: Theme.pictureOf[modelData.topic]

                objectName: "learn-" + modelData.topic
                Accessible.name: modelData.name

                width: (Theme.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: grid.cardHeight
                radius: Theme.radius
                onTapped: root.visit.learn.open(modelData.topic)

                Rectangle {
                    id: side

                    visible: Theme.portrait ? !Theme.largest : Theme.textStep === 0
                    x: 2
                    y: 2
                    width: Theme.pick(236, 160)
                    height: parent.height - 4
                    radius: Theme.radius - 2
                    color: Theme.seaTint

                    Picture {
                        visible: !Theme.contrast
                        name: card.picture
                        x: 14
                        y: 20
                        width: parent.width - 28
                        height: parent.height - 20
                    }

                    Icon {
                        visible: Theme.contrast
                        anchors.centerIn: parent
                        name: Theme.signOf[card.picture]
                        size: Theme.pick(140, 96)
                    }
                }

                Column {
                    x: side.visible ? side.width + Theme.pad : Theme.pad
                    width: caret.x - x - 8
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.pick(6, 2)

                    Words {
                        visible: !(Theme.textStep > 0 && Theme.portrait)
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
                        font.pixelSize: Theme.sized([40, 44, 48], [26, 29, 31])
                    }

                    Words {
                        width: parent.width
                        text: card.modelData.line
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                    }
                }

                Icon {
                    id: caret

                    name: "caret-right"
                    size: Theme.pick(56, 36)
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.pick(20, 10)
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }
    }

    Banner {
        id: banner

        x: Theme.margin
        y: Theme.workBottom - height
        width: Theme.width
        text: Texts.say("benefits.not_health")
    }

    QuietKey {
        objectName: "backToMenu"
        x: Theme.margin
        y: Theme.navTop
        width: Theme.backWidth
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }

    MainKey {
        objectName: "registerNow"
        x: Theme.sheetWidth - Theme.margin - width
        y: Theme.navTop
        width: Theme.nextWidth
        height: Theme.navHeight
        text: Texts.say("benefits.register")
        onTapped: root.visit.begin()
    }
}
