import QtQuick

// Shows what the keys below type; it has no keyboard of its own.
Item {
    id: root

    property string label: ""
    property string text: ""
    property string before: ""
    property string after: ""
    property bool active: false
    property bool wrong: false
    // Of several fields, the keys type into the one chosen.
    property bool choosable: false
    property int boxHeight: Theme.pick(128, 84)
    property int pixelSize: text.length > 24 ? Theme.pick(42, 30) : Theme.pick(56, 40)

    signal tapped

    Accessible.role: Accessible.EditableText
    Accessible.name: label
    activeFocusOnTab: choosable
    z: activeFocus ? 1 : 0
    height: box.y + box.height

    Words {
        id: caption

        visible: root.label !== ""
        text: root.label
        strong: true
        color: root.wrong ? Theme.brick : Theme.ink
        font.pixelSize: Theme.h3
        lineHeight: 1
    }

    Rectangle {
        id: box

        y: root.label === "" ? 0 : caption.height + Theme.pick(14, 8)
        width: root.width
        height: root.boxHeight
        radius: Theme.keyRadius
        color: Theme.card
        border.width: root.active || root.wrong ? Theme.fieldEdge : Theme.tileEdge
        border.color: root.wrong ? Theme.brick : root.active ? Theme.sea : Theme.quietEdge

        // What is typed last stays in sight.
        Item {
            x: Theme.pick(30, 20)
            width: parent.width - 2 * x - (root.after === "" ? 0 : unit.width + x)
            height: parent.height
            clip: true

            Row {
                x: Math.min(0, parent.width - width)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.pick(12, 8)

                Words {
                    visible: text !== ""
                    text: root.before
                    color: Theme.inkSoft
                    font.pixelSize: root.pixelSize
                    lineHeight: 1
                    wrapMode: Text.NoWrap
                }

                Words {
                    text: root.text
                    strong: true
                    font.pixelSize: root.pixelSize
                    lineHeight: 1
                    wrapMode: Text.NoWrap
                }

                Rectangle {
                    visible: root.active
                    width: Theme.pick(4, 3)
                    height: root.pixelSize * 1.25
                    color: Theme.sea
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }

        Words {
            id: unit

            anchors.right: parent.right
            anchors.rightMargin: Theme.pick(36, 22)
            anchors.verticalCenter: parent.verticalCenter
            text: root.after
            color: Theme.inkSoft
            font.pixelSize: Theme.h3
            lineHeight: 1
        }
    }

    FocusRing {
        visible: root.activeFocus
        anchors.fill: box
        radius: box.radius + 10
    }

    MouseArea {
        enabled: root.choosable
        anchors.fill: parent
        onPressed: mouse => mouse.accepted = Touch.ready()
        onClicked: root.tapped()
    }

    function press(): void {
        if (Touch.ready())
            root.tapped();
    }
}
