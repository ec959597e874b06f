import QtQuick
import Anjungan.Look
import Anjungan.Models

// One registration that the centre rejected: why, and what to do.
Item {
    id: root

    required property CentreModel centre

    DeskText {
        id: title

        objectName: "parkedTitle"
        x: 48
        width: parent.width - 48
        text: root.centre.parked.title ?? ""
        strong: true
        font.pixelSize: 28
    }

    ToneSign {
        anchors.verticalCenter: title.verticalCenter
        name: "warning"
        tone: "amber"
    }

    DeskText {
        id: since

        y: title.height + 10
        width: parent.width
        text: root.centre.parked.since ?? ""
        color: Theme.inkSoft
        font.pixelSize: 19
    }

    DeskText {
        id: told

        objectName: "parkedTold"
        y: since.y + since.height + 28
        width: Math.min(parent.width, 620)
        text: root.centre.parked.told ?? ""
        strong: true
        font.pixelSize: 20
        lineHeight: 1.25
    }

    DeskText {
        anchors.top: told.bottom
        anchors.topMargin: 10
        width: Math.min(parent.width, 620)
        text: root.centre.parked.todo ?? ""
        font.pixelSize: 20
        lineHeight: 1.25
    }

    DeskKey {
        objectName: "openParked"
        anchors.bottom: parent.bottom
        height: 54
        icon: "users"
        text: Texts.say("desk.centre.open_record")
        textSize: 17
        onTapped: root.centre.openRecord()
    }

    DeskMainKey {
        objectName: "tryAgain"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 54
        icon: "cloud-arrow-up"
        text: Texts.say("desk.centre.try_again")
        onTapped: root.centre.tryAgain()
    }
}
