pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Which proof somebody can give.
VisitScreen {
    id: root

    readonly property var ways: [
        {
            "name": "haveSlip",
            "sign": "receipt",
            "act": () => root.visit.proof.haveSlip()
        },
        {
            "name": "haveNoSlip",
            "sign": "identification-card",
            "act": () => root.visit.proof.haveNoSlip()
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
            text: Texts.say("proof.title")
            strong: true
            font.pixelSize: Theme.h1
        }

        Words {
            width: parent.width
            text: Texts.say("proof.lead")
            color: Theme.inkSoft
        }
    }

    Grid {
        id: grid

        x: Theme.margin
        y: head.y + head.height + Theme.pick(50, 22)
        columns: Theme.pick(1, 2)
        spacing: Theme.pick(36, 24)

        Repeater {
            model: root.ways

            Key {
                id: way

                required property var modelData
                required property int index

                objectName: modelData.name
                Accessible.name: title.text
                width: (Theme.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: (Theme.workBottom - grid.y - grid.spacing * (2 / grid.columns - 1)) / (2 / grid.columns)
                radius: Theme.radius
                onTapped: modelData.act()

                Column {
                    x: Theme.pick(60, 34)
                    width: parent.width - 2 * x
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.pick(22, 12)

                    Icon {
                        name: way.modelData.sign
                        size: Theme.pick(170, 110)
                    }

                    Words {
                        id: title

                        width: parent.width
                        text: Texts.say(way.index === 0 ? "proof.slip" : "proof.no_slip")
                        strong: true
                        font.pixelSize: Theme.sized([58, 62, 66], [38, 42, 44])
                    }

                    Words {
                        width: parent.width
                        text: Texts.say(way.index === 0 ? "proof.slip_lead" : "proof.no_slip_lead")
                        color: Theme.inkSoft
                        font.pixelSize: Theme.sized([38, 42, 46], [26, 29, 32])
                    }
                }
            }
        }
    }

    QuietKey {
        objectName: "askBack"
        x: Theme.margin
        y: Theme.navTop
        width: Theme.backWidth
        height: Theme.navHeight
        text: Texts.say("common.back")
        onTapped: root.visit.back()
    }
}
