pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Two sides beside each other; lines that differ are marked by colour, sign and weight.
Item {
    id: root

    required property PairsModel pairs
    readonly property var pair: pairs.pair
    readonly property int label: width > 640 ? 150 : 118
    readonly property int mark: 26
    readonly property int side: Math.floor((width - label - mark) / 2)

    DeskText {
        id: title

        objectName: "pairTitle"
        width: parent.width
        text: root.pair.title ?? ""
        strong: true
        font.pixelSize: 26
    }

    DeskText {
        id: because

        y: title.height + 8
        width: parent.width
        text: [root.pair.because, root.pairs.told].filter(part => part).join(" ")
        color: Theme.inkSoft
        lineHeight: 1.2
    }

    Row {
        id: heads

        readonly property int tall: Math.max(...(root.pair.heads ?? []).map((_head, index) => (whose.itemAt(index) as PairHead)?.implicitHeight ?? 66))

        y: because.y + because.height + 16
        x: root.label + root.mark

        Repeater {
            id: whose

            model: root.pair.heads ?? []

            PairHead {
                required property int index

                objectName: "pairHead_" + index
                width: root.side
                height: heads.tall
            }
        }
    }

    Flickable {
        anchors.top: heads.bottom
        anchors.bottom: keys.visible || looking.visible ? keys.top : parent.bottom
        anchors.bottomMargin: 12
        width: parent.width
        contentHeight: rows.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height

        Column {
            id: rows

            width: parent.width

            Repeater {
                model: root.pair.rows ?? []

                Rectangle {
                    id: line

                    required property var modelData

                    width: rows.width
                    height: Math.max(one.height, other.height, name.height) + 10
                    color: modelData.differs ? Theme.amberTint : Theme.card

                    DeskText {
                        id: name

                        x: 6
                        y: 5
                        width: root.label - 10
                        text: line.modelData.label
                        color: Theme.inkSoft
                        font.pixelSize: 16
                    }

                    Icon {
                        visible: line.modelData.differs
                        x: root.label
                        y: 4
                        name: "warning-circle"
                        size: 20
                        ink: Theme.amber
                        fill: Theme.amberTint
                    }

                    DeskText {
                        id: one

                        x: root.label + root.mark + 12
                        y: 5
                        width: root.side - 20
                        text: line.modelData.one
                        strong: line.modelData.differs
                        font.pixelSize: 17
                        wrapMode: Text.Wrap
                    }

                    DeskText {
                        id: other

                        x: root.label + root.mark + root.side + 12
                        y: 5
                        width: root.side - 20
                        text: line.modelData.other
                        strong: line.modelData.differs
                        font.pixelSize: 17
                        wrapMode: Text.Wrap
                    }

                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: 1
                        color: Theme.line
                    }
                }
            }

            DeskText {
                visible: text !== ""
                width: parent.width
                topPadding: 10
                text: root.pair.more ?? ""
                color: Theme.inkSoft
                font.pixelSize: 16
            }
        }
    }

    DeskText {
        id: looking

        objectName: "pairsOnlyLook"
        visible: !root.pairs.mayDecide
        anchors.verticalCenter: keys.verticalCenter
        width: parent.width
        text: Texts.say("desk.pairs.only_look")
        color: Theme.inkSoft
    }

    Row {
        id: keys

        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 54
        spacing: 12

        Repeater {
            model: root.pairs.deeds

            DeskKey {
                required property var modelData

                objectName: "decide_" + modelData.name
                height: 54
                icon: modelData.icon
                text: modelData.label
                onTapped: root.pairs.decide(modelData.name)
            }
        }
    }
}
