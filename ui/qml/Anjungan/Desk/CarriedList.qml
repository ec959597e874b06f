pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The tariffs and benefits that go to the kiosks, each from its day, with a key to send it no more.
Item {
    id: root

    required property CarriedModel carried
    // What stands in a draft goes nowhere before it is published.
    required property bool drafted

    visible: carried.lines.length > 0

    DeskText {
        id: title

        text: Texts.say(root.drafted ? "parts.files.in_draft" : "parts.files.carried")
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    ListView {
        anchors.top: title.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        model: root.carried.lines

        delegate: Item {
            id: line

            required property var modelData

            width: ListView.view.width
            height: 52

            DeskText {
                width: parent.width - 60
                text: [line.modelData.title, line.modelData.note].filter(one => one !== "").join(", ")
                strong: true
                anchors.verticalCenter: parent.verticalCenter
            }

            DeskKey {
                objectName: "takeOut_" + line.modelData.id
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                width: 46
                height: 40
                flat: true
                iconSize: 20
                icon: "x"
                Accessible.name: Texts.say("parts.files.take_out")
                onTapped: root.carried.takeBack(line.modelData.id)
            }
        }
    }
}
