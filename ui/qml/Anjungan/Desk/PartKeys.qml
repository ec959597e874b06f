import QtQuick
import Anjungan.Look

// At the bottom of what is chosen: edit it, or let it be as it was.
Item {
    id: root

    required property bool mayEdit
    required property bool mayTakeBack

    signal edited
    signal takenBack

    anchors.bottom: parent.bottom
    width: parent.width
    height: 54

    DeskKey {
        objectName: "takeBackPart"
        visible: root.mayTakeBack
        height: parent.height
        icon: "arrow-counter-clockwise"
        text: Texts.say("parts.take_back")
        onTapped: root.takenBack()
    }

    DeskMainKey {
        objectName: "editPart"
        visible: root.mayEdit
        anchors.right: parent.right
        height: parent.height
        icon: "pencil-simple"
        text: Texts.say("parts.edit")
        onTapped: root.edited()
    }
}
