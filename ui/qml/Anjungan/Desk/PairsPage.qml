pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What the centre found twice, and the two sides of the one that is chosen.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property PairsModel pairs: desk.pairs

    share: 0.24
    beside: [
        DeskText {
            objectName: "pairsTold"
            visible: root.pairs.pair.title === undefined && !root.desk.filling
            anchors.centerIn: parent
            width: parent.width - 80
            text: root.pairs.told
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.2
        },
        Row {
            visible: root.pairs.pair.title === undefined && !root.desk.filling
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 24
            spacing: 10

            DeskKey {
                objectName: "pairsLogin"
                visible: root.pairs.needsLogin
                height: 54
                icon: "sign-in"
                text: Texts.say("desk.pairs.to_login")
                onTapped: root.desk.go("centre")
            }

            DeskKey {
                objectName: "readPairs"
                visible: root.pairs.failed
                height: 54
                icon: "arrow-counter-clockwise"
                text: Texts.say("desk.pairs.again")
                onTapped: root.pairs.readAgain()
            }
        },
        PairPane {
            visible: root.pairs.pair.title !== undefined && !root.desk.filling
            anchors.fill: parent
            anchors.margins: 24
            pairs: root.pairs
        },
        Loader {
            anchors.fill: parent
            active: root.desk.filling

            sourceComponent: FormPane {
                form: root.desk.form
            }
        }
    ]

    PickList {
        objectName: "pairsOpen"
        kind: "pair"
        lines: root.pairs.lines
        chosen: root.pairs.chosen
        onPicked: id => root.pairs.choose(id)
    }
}
