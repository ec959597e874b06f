pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look

// What a version or a draft says: a setting a line, for whom and how.
ListView {
    id: root

    required property bool mayTakeBack

    signal takenBack(string id)

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height

    delegate: Item {
        id: line

        required property var modelData

        width: ListView.view.width
        height: 52

        DeskText {
            y: 4
            width: parent.width * 0.58
            text: line.modelData.name
            strong: true
            font.pixelSize: 17
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
        }

        DeskText {
            y: 27
            width: parent.width * 0.58
            text: line.modelData.scope
            color: Theme.inkSoft
            font.pixelSize: 15
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
        }

        DeskText {
            objectName: "says_" + line.modelData.id
            x: parent.width * 0.6
            width: (take.visible ? take.x - 8 : parent.width) - x
            text: line.modelData.value
            strong: true
            font.pixelSize: 17
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }

        DeskKey {
            id: take

            objectName: "takeBack_" + line.modelData.id
            visible: root.mayTakeBack
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: 46
            height: 38
            flat: true
            iconSize: 20
            icon: "x"
            Accessible.name: Texts.say("console.config.take_back")
            onTapped: root.takenBack(line.modelData.id)
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
    }
}
