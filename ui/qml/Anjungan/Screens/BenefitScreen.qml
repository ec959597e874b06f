pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// One benefit, whole: a picture, what it gives and under which conditions.
VisitScreen {
    id: root

    readonly property string topic: visit.learn.topic
    readonly property string picture: Theme.pictureOf[topic] ?? ""
    readonly property bool pictured: Theme.portrait ? !Theme.largest : Theme.textStep === 0
    readonly property int side: pictured ? Theme.pick(Theme.width, 380) : 0
    readonly property int textX: Theme.margin + Theme.pick(0, pictured ? side + 26 : 0)

    Rectangle {
        id: frame

        visible: root.pictured
        x: Theme.margin
        y: Theme.plainTop
        width: root.side
        height: Theme.pick(Theme.textStep > 0 ? 240 : 400, Theme.workBottom - y)
        radius: Theme.radius
        color: Theme.seaTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Picture {
            visible: !Theme.contrast
            name: root.picture
            x: Theme.pick(60, 24)
            y: Theme.pick(24, 60)
            width: parent.width - 2 * x
            height: parent.height - y
        }

        Icon {
            visible: Theme.contrast
            anchors.centerIn: parent
            name: Theme.signOf[root.picture] ?? ""
            size: Theme.pick(220, 170)
        }
    }

    Words {
        id: head

        x: root.textX
        y: Theme.portrait && root.pictured ? frame.y + frame.height + 26 : Theme.plainTop
        width: Theme.sheetWidth - Theme.margin - x
        text: root.topic === "" ? "" : Texts.say("benefits." + root.topic + ".name")
        strong: true
        font.pixelSize: Theme.h1
    }

    Item {
        x: root.textX
        y: head.y + head.height + Theme.pick(20, 10)
        width: head.width
        height: begins.y - y - Theme.pick(20, 10)

        Column {
            id: list

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            spacing: Theme.pick(22, 12)

            Repeater {
                model: root.visit.learn.sentences

                Row {
                    id: fact

                    required property string modelData

                    spacing: Theme.pick(24, 14)

                    Icon {
                        id: sign

                        name: "check-circle"
                        size: Theme.pick(52, 34)
                        ink: Theme.leaf
                        fill: Theme.leafFill
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
        id: begins

        x: root.textX
        y: following.y - height - Theme.pick(22, 12)
        width: head.width
        text: Texts.say("benefit.begins")
    }

    Key {
        id: following

        objectName: "nextBenefit"
        x: root.textX
        y: Theme.workBottom - height
        width: head.width
        height: Theme.pick(112, 70)
        icon: "arrow-right"
        iconAfter: true
        text: Texts.say("benefit.next")
        onTapped: root.visit.learn.next()
    }

    QuietKey {
        objectName: "backToBenefits"
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
