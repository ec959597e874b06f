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
    readonly property int column: Theme.pick(Theme.width, 700)
    readonly property bool waits: visit.waitsForPrinter || visit.waitsForRoom

    function sentence(topic: string): string {
        if (topic === "death")
            return root.visit.offer.death;
        if (topic === "school")
            return root.visit.offer.school;
        return Texts.say("idle." + topic + ".text");
    }

    Timer {
        objectName: "turnPictures"
        interval: 7000
        repeat: true
        running: root.visible
        onTriggered: root.turn = (root.turn + 1) % 4
    }

    Connections {
        target: root.kiosk
        enabled: root.visible

        function onEntered(): void {
            root.visit.start();
        }

        function onTyped(character: string): void {
            if (character === " ")
                root.visit.start();
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.seaDeep
    }

    Image {
        visible: !Theme.contrast
        x: Theme.pick(0, 780)
        y: Theme.pick(512, 0) + root.shift
        width: Theme.pick(1080, 586)
        height: Theme.pick(900, 660)
        sourceSize: Qt.size(Theme.pick(1080, 792), Theme.pick(900, 660))
        fillMode: Image.PreserveAspectCrop
        horizontalAlignment: Image.AlignLeft
        source: Theme.pictures + "serang.svg"
    }

    Rectangle {
        y: Theme.pick(1412, 660)
        width: parent.width
        height: parent.height - y
        color: Theme.seaDeep
    }

    MouseArea {
        anchors.fill: parent
        onPressed: mouse => mouse.accepted = Touch.ready()
        onClicked: root.visit.start()
    }

    PlaceBar {
        x: Theme.margin
        y: Theme.pick(44, 24)
        large: true
        office: root.kiosk.office
        line: Texts.say("common.kiosk_for")
        ink: Theme.overSeaDeep
        inkSoft: Theme.overSeaDeepSoft
    }

    Column {
        x: Theme.margin
        y: Theme.pick(176, 112)
        width: root.column
        spacing: Theme.pick(14, 8)

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
            font.pixelSize: Theme.sized([58, 60, 62], [36, 38, 40])
            lineHeight: 1.1
        }
    }

    Row {
        id: tiles

        x: Theme.margin
        y: Theme.pick(528, 320)
        spacing: Theme.pick(16, 12)

        Repeater {
            model: root.topics

            Rectangle {
                id: tile

                required property string modelData
                required property int index
                readonly property bool current: index === root.turn
                readonly property int labelHeight: Theme.pick(70, 44)

                width: (root.column - 3 * tiles.spacing) / 4
                height: Theme.pick(236, 168)
                radius: Theme.radius
                color: Theme.contrast ? Theme.card : current ? "#FFFFFF" : "#DCECE9"
                border.width: current ? Theme.pick(8, 6) : Theme.contrast ? Theme.keyEdge : 0
                border.color: current ? Theme.kunyit : Theme.ink

                Picture {
                    visible: !Theme.contrast
                    name: root.pictures[tile.index]
                    x: 16
                    y: Theme.pick(16, 12)
                    width: parent.width - 32
                    height: parent.height - tile.labelHeight - y
                }

                Icon {
                    visible: Theme.contrast
                    anchors.horizontalCenter: parent.horizontalCenter
                    y: Theme.pick(30, 22)
                    name: Theme.signOf[root.pictures[tile.index]]
                    size: Theme.pick(110, 84)
                }

                Rectangle {
                    x: 8
                    y: parent.height - tile.labelHeight
                    width: parent.width - 16
                    height: Theme.tileEdge
                    color: Theme.quietEdge
                }

                Words {
                    y: parent.height - tile.labelHeight
                    width: tile.width
                    height: tile.labelHeight - 6
                    text: Texts.say("idle." + tile.modelData + ".tile")
                    strong: true
                    font.pixelSize: Theme.pick(28, 22)
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    lineHeight: 0.95
                }
            }
        }
    }

    MainKey {
        objectName: "start"
        ring: Theme.overSeaDeep
        x: Theme.margin
        y: Theme.pick(1452, 514)
        width: root.column
        height: Theme.pick(180, 112)
        icon: "hand-tap"
        iconAfter: false
        iconSize: Theme.pick(80, 52)
        pixelSize: Theme.pick(62, 42)
        radius: Theme.radius
        ledgeHeight: Theme.heroLedge
        text: Texts.say("idle.start")
        onTapped: root.visit.start()
    }

    Words {
        visible: root.waits
        x: Theme.margin
        y: Theme.pick(1658, 640)
        width: root.column
        text: Texts.say(root.visit.waitsForRoom ? "idle.waits_for_room" : "idle.waits_for_printer")
        strong: true
        color: Theme.overSeaDeep
        font.pixelSize: Theme.sized([33, 37, 38], [23, 25, 26])
        horizontalAlignment: Text.AlignHCenter
    }

    Row {
        visible: !root.waits
        x: Theme.margin + (root.column - width) / 2
        y: Theme.pick(1658, 640)
        spacing: Theme.pick(Theme.textStep > 0 ? 24 : 50, 24)

        Repeater {
            model: [["check-circle", "idle.free"], ["identification-card", "idle.bring_ktp"], ["clock", "idle.five_minutes"]]

            Row {
                id: fact

                required property var modelData

                spacing: Theme.pick(18, 10)

                Icon {
                    name: fact.modelData[0]
                    size: Theme.pick(42, 30)
                    ink: Theme.kunyit
                    fill: Theme.contrast ? "#000000" : "#7A4B00"
                    anchors.verticalCenter: parent.verticalCenter
                }

                Words {
                    text: Texts.say(fact.modelData[1])
                    color: Theme.overSeaDeep
                    font.pixelSize: Theme.sized([33, 37, 38], [23, 25, 26])
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }
    }

    Words {
        x: Theme.margin
        y: Theme.pick(1722, 688)
        width: root.column
        text: root.visit.offer.price
        color: Theme.overSeaDeep
        font.pixelSize: Theme.sized([31, 34, 34], [22, 24, 25])
        horizontalAlignment: Text.AlignHCenter
        lineHeight: 1
    }
}
