import QtQuick

// A picture on a line with its label below. Choosing it does not move on by itself.
Key {
    id: root

    property string picture: ""
    property string label: ""
    property bool chosen: false
    readonly property int labelHeight: Theme.sized([92, 100, 110], [64, 66, 72])
    readonly property int pictureHeight: height - labelHeight - ledgeHeight

    Accessible.name: label
    Accessible.checkable: true
    Accessible.checked: chosen
    radius: Theme.radius
    face: chosen ? (Theme.contrast ? "#FFFFFF" : Theme.seaTint) : Theme.card
    edge: chosen ? (Theme.contrast ? Theme.kunyit : Theme.sea) : Theme.control
    edgeWidth: chosen ? Theme.chosenEdge : Theme.tileEdge

    Picture {
        visible: !Theme.contrast
        name: root.picture
        x: 20
        y: Theme.pick(14, 8)
        width: root.width - 40
        height: root.pictureHeight - y
    }

    Icon {
        visible: Theme.contrast
        x: (root.width - size) / 2
        y: (root.pictureHeight - size) / 2
        name: Theme.signOf[root.picture] ?? ""
        size: Math.min(Theme.pick(96, 72), root.pictureHeight - 16)
        ink: root.chosen ? "#000000" : Theme.ink
        fill: root.chosen ? Theme.kunyit : Theme.card
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
        height: root.labelHeight
        text: root.label
        strong: true
        color: root.chosen && Theme.contrast ? "#000000" : Theme.ink
        font.pixelSize: Theme.sized([28, 34, 38], [22, 24, 27])
        lineHeight: Theme.pick(1.1, 1)
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }

    Rectangle {
        visible: root.chosen
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.pick(14, 10)
        width: Theme.pick(60, 44)
        height: width
        radius: width / 2
        color: Theme.contrast ? "#000000" : Theme.sea

        Icon {
            name: "check"
            ink: Theme.contrast ? "#FFFFFF" : Theme.overSea
            size: parent.width * 0.62
            anchors.centerIn: parent
        }
    }
}
