pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The places and the lists in the one that is chosen, the newest first.
Item {
    id: root

    required property FilesModel files

    PlaceKeys {
        id: places

        width: parent.width
        files: root.files
    }

    ListView {
        id: list

        objectName: "files"
        anchors.top: places.bottom
        anchors.topMargin: 10
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.files.files

        delegate: DeskKey {
            id: line

            required property var modelData
            required property int index

            objectName: "file_" + index
            Accessible.name: modelData.name + ", " + modelData.when
            flat: true
            edgeWidth: modelData.chosen ? 3 : 0
            edge: Theme.sea
            face: modelData.chosen ? Theme.seaTint : Theme.card
            facePressed: Theme.sand
            width: list.width
            height: 64
            onActiveFocusChanged: if (activeFocus)
                list.positionViewAtIndex(index, ListView.Contain)
            onTapped: root.files.choose(index)

            Icon {
                x: 12
                name: line.modelData.icon
                size: 32
                anchors.verticalCenter: parent.verticalCenter
            }

            DeskText {
                x: 56
                y: 9
                width: parent.width - x - 12
                text: line.modelData.name
                strong: true
                elide: Text.ElideMiddle
                wrapMode: Text.NoWrap
            }

            DeskText {
                x: 56
                y: 35
                width: parent.width - x - 12
                text: line.modelData.when + " · " + line.modelData.size
                color: Theme.inkSoft
                font.pixelSize: 16
            }
        }
    }

    DeskText {
        objectName: "filesTold"
        visible: text !== ""
        anchors.centerIn: list
        width: list.width - 40
        text: root.files.told
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }
}
