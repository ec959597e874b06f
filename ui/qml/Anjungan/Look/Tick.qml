import QtQuick

// A declaration; the whole row is the target and it starts unticked.
Key {
    id: root

    property string sentence: ""
    property bool ticked: false
    property bool missing: false

    Accessible.role: Accessible.CheckBox
    Accessible.name: sentence
    Accessible.checked: ticked
    flat: true
    radius: Theme.keyRadius
    face: ticked ? Theme.seaTint : Theme.card
    edge: missing && !ticked ? Theme.brick : ticked ? Theme.sea : Theme.quietEdge
    edgeWidth: missing && !ticked ? Theme.fieldEdge : Theme.keyEdge

    Rectangle {
        id: box

        x: Theme.pick(26, 16)
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.pick(58, 42)
        height: width
        radius: 10
        color: root.ticked ? Theme.sea : Theme.card
        border.width: Theme.keyEdge
        border.color: root.ticked ? Theme.sea : Theme.quietEdge

        Icon {
            visible: root.ticked
            name: "check"
            ink: Theme.overSea
            size: parent.width * 0.64
            anchors.centerIn: parent
        }
    }

    Words {
        anchors.left: box.right
        anchors.leftMargin: Theme.pick(24, 16)
        anchors.right: parent.right
        anchors.rightMargin: Theme.pick(24, 12)
        anchors.verticalCenter: parent.verticalCenter
        text: root.sentence
        font.pixelSize: Theme.sized([31, 40, 46], [22, 28, 32])
        lineHeight: 1.1
    }
}
