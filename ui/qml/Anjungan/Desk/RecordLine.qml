import QtQuick
import Anjungan.Look

// One line of the list.
Rectangle {
    id: root

    required property string recordId
    required property string name
    required property string number
    required property string when
    required property string tag
    required property string tone
    required property string icon
    property bool chosen: false

    signal tapped

    objectName: "record_" + number.replace(/ /g, "")
    Accessible.role: Accessible.ListItem
    Accessible.name: name + ", " + number + ", " + tag
    Accessible.onPressAction: tapped()
    height: 75
    color: chosen ? Theme.seaTint : area.pressed ? Theme.sand : Theme.card

    Rectangle {
        visible: root.chosen
        width: 7
        height: parent.height
        color: Theme.sea
    }

    DeskText {
        x: 22
        y: 14
        width: mark.x - x - 10
        text: root.name
        strong: true
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }

    DeskText {
        x: 22
        y: 44
        text: root.number
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    DeskText {
        x: 180
        y: 44
        text: root.when
        color: Theme.inkSoft
        font.pixelSize: 16
    }

    Tag {
        id: mark

        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        text: root.tag
        tone: root.tone
        icon: root.icon
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }

    MouseArea {
        id: area

        anchors.fill: parent
        onPressed: mouse => mouse.accepted = Touch.ready()
        onClicked: root.tapped()
    }
}
