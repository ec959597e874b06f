pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Covers everything, so that nobody reads what was typed, and counts down to the end of the visit.
Rectangle {
    id: root

    required property VisitModel visit
    readonly property int left_: visit.secondsLeft

    color: Theme.seaDeep

    MouseArea {
        anchors.fill: parent
    }

    Column {
        x: Theme.margin
        y: Theme.pick(200, 60)
        width: Theme.pick(Theme.width, 640)
        spacing: Theme.pick(40, 18)

        Icon {
            x: Theme.pick((parent.width - width) / 2, 0)
            name: "hourglass-medium"
            size: Theme.pick(180, 100)
            ink: "#FFFFFF"
            fill: Theme.kunyit
        }

        Words {
            width: parent.width
            text: Texts.say("silence.title")
            strong: true
            color: Theme.overSeaDeep
            font.pixelSize: Theme.sized([84, 88, 92], [52, 56, 58])
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }

        Words {
            width: parent.width
            text: Texts.say("silence.covered")
            color: Theme.overSeaDeepSoft
            font.pixelSize: Theme.sized([42, 46, 48], [28, 31, 33])
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }

        Words {
            width: parent.width
            text: Texts.say("silence.ends_in")
            color: Theme.overSeaDeepSoft
            font.pixelSize: Theme.body
            lineHeight: 1
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }

        Words {
            objectName: "secondsLeft"
            width: parent.width
            text: Texts.say("silence.seconds", {
                "seconds": root.left_
            })
            strong: true
            color: Theme.overSeaDeep
            font.pixelSize: Theme.pick(120, 76)
            lineHeight: 1
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }

        Row {
            spacing: Theme.pick(9, 6)

            Repeater {
                model: 30

                Rectangle {
                    required property int index

                    width: (Theme.pick(Theme.width, 640) - 29 * Theme.pick(9, 6)) / 30
                    height: width
                    radius: 5
                    color: index < 30 * root.left_ / root.visit.warningSeconds ? "#FFFFFF" : Theme.contrast ? "#444444" : "#2A5A5E"
                }
            }
        }
    }

    MainKey {
        objectName: "needTime"
        ring: Theme.overSeaDeep
        x: Theme.pick(Theme.margin, 740)
        y: Theme.pick(1230, 200)
        width: Theme.sheetWidth - Theme.margin - x
        height: Theme.pick(190, 130)
        icon: "hand-palm"
        iconAfter: false
        iconSize: Theme.pick(68, 48)
        pixelSize: Theme.pick(60, 40)
        ledgeHeight: Theme.heroLedge
        text: Texts.say("silence.need_time")
        onTapped: root.visit.needTime()
    }

    QuietKey {
        objectName: "closeNow"
        ring: Theme.overSeaDeep
        x: Theme.pick(Theme.margin, 740)
        y: Theme.pick(1460, 370)
        width: Theme.sheetWidth - Theme.margin - x
        height: Theme.pick(140, 96)
        icon: "check"
        text: Texts.say("silence.close")
        onTapped: root.visit.leave()
    }
}
