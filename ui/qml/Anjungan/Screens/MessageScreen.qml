import QtQuick
import Anjungan.Look

// A plain word to the resident: a picture, a sentence, and where to go now.
VisitScreen {
    id: root

    property string icon: "info"
    property string heading: ""
    property string sentence: ""

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 240
        width: 380
        height: 380
        radius: 190
        color: Theme.amberTint
        border.width: Theme.contrast ? Theme.keyEdge : 0
        border.color: Theme.ink

        Icon {
            anchors.centerIn: parent
            name: root.icon
            size: 200
        }
    }

    Column {
        x: Theme.margin
        y: 690
        width: Theme.width
        spacing: 30

        Words {
            width: parent.width
            text: root.heading
            strong: true
            font.pixelSize: 66
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.1
        }

        Words {
            width: parent.width
            text: root.sentence
            color: Theme.inkSoft
            font.pixelSize: 42
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.3
        }
    }
}
