pragma ComponentBehavior: Bound
import QtQuick

// A physical key: a face on a ledge that sinks at once when touched. It counts on release inside.
Item {
    id: root

    default property alias content: face.data
    property string text: ""
    property string icon: ""
    property bool iconAfter: false
    property bool ready: true
    property bool flat: false
    property color face: Theme.card
    property color facePressed: Theme.seaTint
    property color edge: Theme.control
    property color edgePressed: Theme.sea
    property color ledge: Theme.ledge
    property color ink: Theme.ink
    property int edgeWidth: Theme.tileEdge
    property int ledgeHeight: Theme.ledgeHeight
    property int radius: Theme.keyRadius
    property int pixelSize: Theme.h3
    property int iconSize: Theme.iconSize
    property bool strong: true
    // How far beyond its edges a key still feels a touch: half of the gap to its neighbours.
    property int reach: 0
    property color ring: Theme.ink
    property int ringOutside: 10
    readonly property bool pressed: area.pressed && area.containsMouse
    readonly property bool sunk: pressed && !flat

    signal tapped

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: press()
    activeFocusOnTab: true
    // The ring is not to be hidden under a neighbour.
    z: activeFocus ? 1 : 0

    Rectangle {
        visible: !root.flat
        width: root.width
        y: root.ledgeHeight
        height: root.height - root.ledgeHeight
        radius: root.radius
        color: root.ledge
    }

    Rectangle {
        id: face

        width: root.width
        y: root.sunk ? root.ledgeHeight - 2 : 0
        height: root.height - (root.flat ? 0 : root.ledgeHeight)
        radius: root.radius
        color: root.pressed ? root.facePressed : root.face
        border.width: root.edgeWidth
        border.color: root.pressed ? root.edgePressed : root.edge
    }

    Row {
        id: label

        readonly property int room: root.width - 2 * Theme.pick(14, 10) - (root.icon === "" ? 0 : root.iconSize + spacing)

        anchors.centerIn: face
        spacing: Theme.pick(18, 12)
        layoutDirection: root.iconAfter ? Qt.RightToLeft : Qt.LeftToRight

        Icon {
            visible: root.icon !== ""
            name: root.icon
            ink: root.ink
            fill: Theme.contrast ? root.face : Theme.iconFill
            size: root.iconSize
            anchors.verticalCenter: parent.verticalCenter
        }

        Words {
            visible: root.text !== ""
            width: Math.min(implicitWidth, label.room)
            text: root.text
            strong: root.strong
            color: root.ink
            font.pixelSize: root.pixelSize
            lineHeight: 1
            horizontalAlignment: Text.AlignHCenter
            anchors.verticalCenter: parent.verticalCenter
        }
    }

    // Only where it is seen: of some 250 keys one has the focus, and a ring for each takes 10 kB.
    Loader {
        active: root.activeFocus
        anchors.fill: parent
        anchors.margins: -root.ringOutside

        sourceComponent: FocusRing {
            anchors.margins: 0
            radius: root.radius + root.ringOutside
            border.color: root.ring
        }
    }

    MouseArea {
        id: area

        anchors.fill: parent
        anchors.margins: -root.reach
        onPressed: mouse => mouse.accepted = Touch.ready()
        onClicked: root.tapped()
    }

    // A key keeps the focus when its screen goes.
    function press(): void {
        if (visible && Touch.ready())
            root.tapped();
    }
}
