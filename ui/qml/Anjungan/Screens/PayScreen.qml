pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Where to pay, for people with a phone and without, and what to bring and say.
VisitScreen {
    id: root

    // What is left over on an upright screen; both cards grow by it.
    readonly property int spare: stopped.y - bring.y - bring.height - 3 * Theme.gap - without.needed - withOne.needed

    Column {
        id: head

        x: Theme.margin
        y: Theme.plainTop
        width: Theme.width
        spacing: Theme.pick(14, 4)

        Words {
            width: parent.width
            text: Texts.say("pay.title")
            strong: true
            font.pixelSize: Theme.h1
        }

        Words {
            visible: Theme.portrait || !Theme.largest
            width: parent.width
            text: Texts.say("pay.lead")
            color: Theme.inkSoft
        }
    }

    Banner {
        id: bring

        x: Theme.margin
        y: head.y + head.height + Theme.pick(24, 12)
        width: Theme.width
        height: implicitHeight
        text: Texts.say("pay.bring")
    }

    Card {
        id: without

        y: bring.y + bring.height + Theme.gap
        width: Theme.pick(Theme.width, 520)
        height: Theme.pick(needed + root.spare / 2, stopped.y - Theme.gap - y)
        sign: "storefront"
        title: Texts.say("pay.without_phone")
        channels: root.visit.pay.withoutPhone
    }

    Card {
        id: withOne

        x: Theme.pick(Theme.margin, without.x + without.width + Theme.gap)
        y: Theme.pick(without.y + without.height + Theme.gap, without.y)
        width: Theme.sheetWidth - Theme.margin - x
        height: Theme.pick(needed + root.spare / 2, without.height)
        sign: "device-mobile"
        title: Texts.say("pay.with_phone")
        channels: root.visit.pay.withPhone
    }

    Key {
        id: stopped

        objectName: "stoppedPaying"
        x: Theme.margin
        y: Theme.workBottom - height
        width: Theme.width
        height: Theme.pick(112, 70)
        icon: "caret-right"
        iconAfter: true
        text: Texts.say("pay.stopped")
        onTapped: root.visit.pay.showStopped()
    }

    QuietKey {
        objectName: "backFromPay"
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

    component Card: Rectangle {
        id: card

        property string sign: ""
        property string title: ""
        property var channels: []
        readonly property int needed: words.height + Theme.pick(32, 20)
        // The kind above the names where there is room for it, else before them.
        readonly property bool roomy: Theme.portrait && Theme.textStep === 0

        x: Theme.margin
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Icon {
            id: mark

            visible: Theme.portrait ? !Theme.largest : Theme.textStep === 0
            x: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            name: card.sign
            size: Theme.pick(130, 76)
        }

        Column {
            id: words

            x: mark.visible ? mark.x + mark.width + Theme.pad : Theme.pad
            width: parent.width - x - Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.pick(card.roomy ? 16 : 8, 5)

            Words {
                width: parent.width
                text: card.title
                strong: true
                font.pixelSize: card.roomy ? Theme.h2 : Theme.h3
            }

            Repeater {
                model: card.channels

                Column {
                    id: channel

                    required property var modelData

                    width: words.width

                    Words {
                        visible: card.roomy
                        text: channel.modelData.kind
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                    }

                    Words {
                        width: parent.width
                        text: card.roomy ? channel.modelData.names : channel.modelData.kind + ": " + channel.modelData.names
                        font.pixelSize: Theme.sized([33, 36, 39], [23, 25, 27])
                        lineHeight: 1.1
                    }
                }
            }
        }
    }
}
