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

        x: 26
        anchors.verticalCenter: parent.verticalCenter
        width: 58
        height: 58
        radius: 10
        color: root.ticked ? Theme.sea : Theme.card
        border.width: Theme.keyEdge
        border.color: root.ticked ? Theme.sea : Theme.quietEdge

        Icon {
            visible: root.ticked
            name: "check"
            ink: Theme.overSea
            size: 38
            anchors.centerIn: parent
        }
    }

    Words {
        anchors.left: box.right
        anchors.leftMargin: 24
        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        text: root.sentence
        lineHeight: 1.1
    }
}
