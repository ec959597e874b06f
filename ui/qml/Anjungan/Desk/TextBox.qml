pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// A box to type in, with a keyboard or with the board on the screen.
Rectangle {
    id: root

    property alias input: input
    property alias text: input.text
    property string placeholder: ""
    property string label: ""
    property bool wrong: false
    property bool secret: false
    property string icon: ""
    property bool onDark: false

    implicitHeight: 42
    radius: 10
    color: Theme.card
    border.width: input.activeFocus ? 3 : 2
    border.color: wrong ? Theme.brick : input.activeFocus ? (onDark ? Theme.kunyit : Theme.sea) : Theme.quietEdge

    Icon {
        id: sign

        visible: root.icon !== ""
        name: root.icon
        size: 26
        x: 14
        anchors.verticalCenter: parent.verticalCenter
    }

    TextInput {
        id: input

        Accessible.role: Accessible.EditableText
        Accessible.name: root.label === "" ? root.placeholder : root.label
        Accessible.passwordEdit: root.secret
        anchors.fill: parent
        anchors.leftMargin: root.icon === "" ? 14 : 52
        anchors.rightMargin: 14
        verticalAlignment: TextInput.AlignVCenter
        activeFocusOnTab: true
        clip: true
        selectByMouse: true
        color: Theme.ink
        selectionColor: Theme.sea
        selectedTextColor: Theme.overSea
        font.family: Theme.family
        font.weight: Font.DemiBold
        font.pixelSize: 19
        renderType: Text.NativeRendering
        echoMode: root.secret ? TextInput.Password : TextInput.Normal
        passwordCharacter: "●"
        cursorDelegate: Rectangle {
            visible: input.activeFocus
            width: 2
            color: Theme.sea
        }
        onActiveFocusChanged: if (activeFocus)
            selectAll()
    }

    DeskText {
        visible: input.text === "" && root.placeholder !== ""
        anchors.left: input.left
        anchors.right: input.right
        anchors.verticalCenter: parent.verticalCenter
        text: root.placeholder
        color: Theme.inkSoft
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }
}
