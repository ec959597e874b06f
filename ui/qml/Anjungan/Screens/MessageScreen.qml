import QtQuick
import Anjungan.Look

// A plain word to the resident: a picture, a sentence, and where to go now.
VisitScreen {
    id: root

    property string icon: "info"
    property string heading: ""
    property string sentence: ""
    // Where the words end and the keys may begin.
    readonly property int keysTop: Theme.pick(1330, 500)
    readonly property int keysX: Theme.pick(Theme.margin, 700)
    readonly property int keysWidth: Theme.sheetWidth - Theme.margin - keysX

    Rectangle {
        id: circle

        x: Theme.pick((1080 - width) / 2, 150)
        y: Theme.pick(220, 180)
        width: Theme.pick(380, 320)
        height: width
        radius: width / 2
        color: Theme.amberTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Icon {
            anchors.centerIn: parent
            name: root.icon
            size: parent.width * 0.53
        }
    }

    Column {
        x: Theme.pick(Theme.margin, 600)
        y: Theme.pick(660, 150)
        width: Theme.sheetWidth - Theme.margin - x
        spacing: Theme.pick(28, 16)

        Words {
            width: parent.width
            text: root.heading
            strong: true
            font.pixelSize: Theme.sized([66, 70, 74], [44, 46, 48])
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
            lineHeight: 1.1
        }

        Words {
            width: parent.width
            text: root.sentence
            color: Theme.inkSoft
            font.pixelSize: Theme.sized([42, 46, 50], [28, 30, 33])
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
            lineHeight: 1.25
        }
    }
}
