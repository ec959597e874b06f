pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Benefits in turn, over people at work in Serang. A touch anywhere starts.
VisitScreen {
    id: root

    readonly property list<string> topics: ["accident", "death", "school", "old_age"]
    readonly property list<string> pictures: ["jkk", "jkm", "beasiswa", "jht"]
    property int turn: 0
    // The picture shifts a little with every turn, against burn-in.
    readonly property int shift: 8 * (turn % 2)

    function sentence(topic: string): string {
        if (topic === "death")
            return root.visit.offer.death;
        if (topic === "school")
            return root.visit.offer.school;
        return Texts.say("idle." + topic + ".text");
    }

    Timer {
        interval: 7000
        repeat: true
        running: root.visible
        onTriggered: root.turn = (root.turn + 1) % 4
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.seaDeep
    }

    Image {
        visible: !Theme.contrast
        y: 512 + root.shift
        width: 1080
        height: 900
        sourceSize: Qt.size(1080, 900)
        source: Theme.pictures + "serang.svg"
    }

    Rectangle {
        y: 1412
        width: parent.width
        height: Theme.stripTop - y
        color: Theme.seaDeep
    }

    MouseArea {
        anchors.fill: parent
        onPressed: mouse => mouse.accepted = Touch.ready()
        onClicked: root.visit.start()
    }

    PlaceBar {
        x: Theme.margin
        y: 44
        large: true
        office: root.kiosk.office
        line: Texts.say("common.kiosk_for")
        ink: Theme.overSeaDeep
        inkSoft: Theme.overSeaDeepSoft
    }

    Column {
        x: Theme.margin
        y: 180
        width: Theme.width
        spacing: 16

        Words {
            width: parent.width
            text: Texts.say("idle." + root.topics[root.turn] + ".title")
            strong: true
            color: Theme.overSeaDeep
            font.pixelSize: Theme.display
            lineHeight: 1.05
        }

        Words {
            width: parent.width
            text: root.sentence(root.topics[root.turn])
            strong: true
            color: Theme.overSeaDeep
            font.pixelSize: 58
            lineHeight: 1.15
        }
    }

    Row {
        x: Theme.margin
        y: 528
        spacing: 16

        Repeater {
            model: root.topics

            Rectangle {
                id: tile

                required property string modelData
                required property int index
                readonly property bool current: index === root.turn

                width: 230
                height: 236
                radius: Theme.radius
                color: Theme.contrast ? Theme.card : current ? "#FFFFFF" : "#DCECE9"
                border.width: current ? 8 : Theme.contrast ? 3 : 0
                border.color: current ? Theme.kunyit : Theme.ink

                Picture {
                    visible: !Theme.contrast
                    name: root.pictures[tile.index]
                    x: 20
                    y: 16
                    width: 190
                    height: 148
                }

                Rectangle {
                    x: 8
                    y: 164
                    width: 214
                    height: 2
                    color: "#5C7475"
                }

                Words {
                    y: 166
                    width: tile.width
                    height: 62
                    text: Texts.say("idle." + tile.modelData + ".tile")
                    strong: true
                    font.pixelSize: Theme.small
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
            }
        }
    }

    MainKey {
        objectName: "start"
        x: Theme.margin
        y: 1452
        width: Theme.width
        height: 180
        icon: "hand-tap"
        iconAfter: false
        iconSize: 80
        pixelSize: 62
        radius: Theme.radius
        ledgeHeight: Theme.heroLedge
        text: Texts.say("idle.start")
        onTapped: root.visit.start()
    }

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 1658
        spacing: 50

        Repeater {
            model: [["check-circle", "idle.free"], ["identification-card", "idle.bring_ktp"], ["clock", "idle.five_minutes"]]

            Row {
                id: fact

                required property var modelData

                spacing: 18

                Icon {
                    name: fact.modelData[0]
                    size: 42
                    ink: Theme.kunyit
                    fill: "#7A4B00"
                    anchors.verticalCenter: parent.verticalCenter
                }

                Words {
                    text: Texts.say(fact.modelData[1])
                    color: Theme.overSeaDeep
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }
    }

    Words {
        y: 1726
        width: parent.width
        text: root.visit.offer.price
        color: Theme.overSeaDeep
        font.pixelSize: 31
        horizontalAlignment: Text.AlignHCenter
    }
}
