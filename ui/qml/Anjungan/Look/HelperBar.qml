import QtQuick

// Who of the staff is helping with this visit, and the key that gives it back.
Row {
    id: root

    required property string helper

    signal handedBack

    spacing: Theme.pick(18, 12)

    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: Texts.say("call.helper", {
            "name": root.helper
        })
        width: Math.min(implicitWidth, Theme.pick(320, 460))
        strong: true
        color: Theme.sea
        font.pixelSize: Theme.pick(28, 22)
        lineHeight: 1
        horizontalAlignment: Text.AlignRight
        maximumLineCount: 2
        elide: Text.ElideRight
    }

    Key {
        objectName: "handBack"
        width: Theme.pick(230, 190)
        height: Theme.pick(76, 60)
        edge: Theme.quietEdge
        ledge: Theme.quietEdge
        text: Texts.say("call.hand_back")
        pixelSize: Theme.pick(28, 22)
        onTapped: root.handedBack()
    }
}
