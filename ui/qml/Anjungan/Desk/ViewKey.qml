import QtQuick
import Anjungan.Look

// A view of the list with its count; the one chosen is dark.
DeskKey {
    id: root

    required property string label
    required property string count
    required property bool chosen
    property bool urgent: false
    property bool owed: false

    Accessible.role: Accessible.RadioButton
    Accessible.name: count === "" ? label : label + " " + count
    Accessible.checked: chosen
    flat: true
    radius: height / 2
    implicitHeight: 44
    implicitWidth: row.width + 24
    face: chosen ? Theme.sea : Theme.card
    facePressed: chosen ? Theme.sea : Theme.seaTint
    edge: chosen ? Theme.sea : Theme.control

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 7

        DeskText {
            text: root.label
            strong: root.chosen
            color: root.chosen ? Theme.overSea : Theme.ink
            font.pixelSize: 17
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }

        Rectangle {
            visible: root.count !== ""
            width: Math.max(28, number.width + 14)
            height: 28
            radius: 14
            color: root.urgent ? Theme.brick : root.owed ? Theme.kunyit : root.chosen ? Theme.card : Theme.sand
            anchors.verticalCenter: parent.verticalCenter

            DeskText {
                id: number

                anchors.centerIn: parent
                text: root.count
                strong: true
                color: root.urgent ? Theme.overBrick : root.owed ? Theme.overKunyit : Theme.ink
                font.pixelSize: 16
                wrapMode: Text.NoWrap
            }
        }
    }
}
