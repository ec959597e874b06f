import QtQuick

// A picture on a line with its label below. Choosing it does not move on by itself.
Key {
    id: root

    property string picture: ""
    property string label: ""
    property bool chosen: false
    property int pictureHeight: height - 100

    Accessible.name: label
    Accessible.checkable: true
    Accessible.checked: chosen
    radius: Theme.radius
    face: chosen ? (Theme.contrast ? "#FFFFFF" : Theme.seaTint) : Theme.card
    edge: chosen ? (Theme.contrast ? Theme.kunyit : Theme.sea) : Theme.control
    edgeWidth: chosen ? Theme.chosenEdge : Theme.tileEdge

    Picture {
        name: root.picture
        x: 20
        y: 14
        width: root.width - 40
        height: root.pictureHeight - 14
    }

    Rectangle {
        x: root.edgeWidth
        y: root.pictureHeight
        width: root.width - 2 * root.edgeWidth
        height: Theme.tileEdge
        color: root.chosen ? Theme.sea : Theme.line
    }

    Words {
        x: 10
        y: root.pictureHeight
        width: root.width - 20
        height: root.height - root.pictureHeight - root.ledgeHeight
        text: root.label
        strong: true
        color: root.chosen && Theme.contrast ? "#000000" : Theme.ink
        font.pixelSize: Theme.small
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }

    Rectangle {
        visible: root.chosen
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 14
        width: 60
        height: 60
        radius: 30
        color: Theme.contrast ? "#000000" : Theme.sea

        Icon {
            name: "check"
            ink: Theme.contrast ? "#FFFFFF" : Theme.overSea
            size: 38
            anchors.centerIn: parent
        }
    }
}
