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
    property int pixelSize: text.length > 24 ? 42 : 56

    signal tapped

    Accessible.role: Accessible.EditableText
    Accessible.name: label
    height: box.y + box.height

    Words {
        id: caption

        visible: root.label !== ""
        text: root.label
        strong: true
        font.pixelSize: Theme.h3
        lineHeight: 1
    }

    Rectangle {
        id: box

        y: root.label === "" ? 0 : 56
        width: root.width
        height: Theme.navHeight
        radius: Theme.keyRadius
        color: Theme.card
        border.width: root.active || root.wrong ? Theme.fieldEdge : Theme.tileEdge
        border.color: root.wrong ? Theme.brick : root.active ? Theme.sea : Theme.quietEdge

        // What is typed last stays in sight.
        Item {
            x: 30
            width: parent.width - 60
            height: parent.height
            clip: true

            Row {
                x: Math.min(0, parent.width - width)
                anchors.verticalCenter: parent.verticalCenter
                spacing: 12

                Words {
                    visible: text !== ""
                    text: root.before
                    color: Theme.inkSoft
                    font.pixelSize: root.pixelSize
                    lineHeight: 1
                    wrapMode: Text.NoWrap
                }

                Words {
                    id: typed

                    text: root.text
                    strong: true
                    font.pixelSize: root.pixelSize
                    lineHeight: 1
                    wrapMode: Text.NoWrap
                }

                Rectangle {
                    visible: root.active
                    width: 4
                    height: root.pixelSize * 1.25
                    color: Theme.sea
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }

        Words {
            anchors.right: parent.right
            anchors.rightMargin: 36
            anchors.verticalCenter: parent.verticalCenter
            text: root.after
            color: Theme.inkSoft
            font.pixelSize: Theme.h3
            lineHeight: 1
        }
    }

    MouseArea {
        anchors.fill: parent
        onPressed: mouse => mouse.accepted = Touch.ready()
        onClicked: root.tapped()
    }
}
