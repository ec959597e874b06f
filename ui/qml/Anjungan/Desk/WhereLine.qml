import QtQuick
import Anjungan.Look
import Anjungan.Models

// Where a record is known to be, and since when; a rejected one can be handed in again.
Item {
    id: root

    required property RecordsModel records
    readonly property var where: records.where

    visible: where.text !== undefined
    height: visible ? Math.max(words.height, again.visible ? again.height : 0) : 0

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: root.where.icon ?? "cloud"
        size: 22
        ink: words.color
        fill: Theme.card
    }

    DeskText {
        id: words

        objectName: "recordWhere"
        x: 32
        anchors.verticalCenter: parent.verticalCenter
        width: (again.visible ? again.x - 12 : parent.width) - x
        text: root.where.text ?? ""
        color: root.where.tone === "amber" ? Theme.amber : root.where.tone === "leaf" ? Theme.leaf : Theme.inkSoft
        strong: root.records.rejected
        font.pixelSize: 16
    }

    DeskKey {
        id: again

        objectName: "tryRecordAgain"
        visible: root.records.rejected
        anchors.right: parent.right
        implicitHeight: 44
        textSize: 16
        iconSize: 22
        icon: "cloud-arrow-up"
        text: Texts.say("desk.centre.try_again")
        onTapped: root.records.tryAgain()
    }
}
