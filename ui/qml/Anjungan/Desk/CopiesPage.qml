pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The copies of the record at one side; at the other how it stands, or the copy that is chosen.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property CopiesModel copies: desk.copies

    share: 0.4
    beside: CopiesPane {
        anchors.fill: parent
        anchors.margins: 24
        copies: root.copies
    }

    DeskText {
        id: title

        x: 20
        y: 18
        text: Texts.say("desk.copies.title")
        strong: true
        font.pixelSize: 22
    }

    FileList {
        anchors.top: title.bottom
        anchors.topMargin: 12
        anchors.bottom: make.top
        anchors.bottomMargin: 10
        x: 16
        width: parent.width - 32
        files: root.copies.files
    }

    Item {
        id: make

        anchors.bottom: parent.bottom
        anchors.bottomMargin: 16
        x: 16
        width: parent.width - 32
        height: 54

        DeskMainKey {
            objectName: "makeCopy"
            visible: root.copies.makeText !== "" && !root.copies.work.running && !root.copies.restoring && !root.copies.asking
            width: parent.width
            height: parent.height
            icon: "download-simple"
            text: root.copies.makeText
            onTapped: root.copies.make()
        }

        WorkBar {
            anchors.fill: parent
            work: root.copies.work
        }
    }
}
