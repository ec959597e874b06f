pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    Rectangle {
        x: Theme.margin
        y: 334
        width: Theme.width
        height: 9 * 80 + 16
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            y: 8
            width: parent.width

            Repeater {
                model: root.visit.review.rows

                Key {
                    id: row

                    required property var modelData
                    required property int index

                    objectName: "edit-" + modelData.step
                    Accessible.name: modelData.label
                    width: Theme.width
                    height: 80
                    flat: true
                    face: "transparent"
                    edgeWidth: 0
                    onTapped: root.visit.edit(modelData.step)

                    Rectangle {
                        visible: row.index > 0
                        x: 34
                        width: parent.width - 68
                        height: 2
                        color: Theme.line
                    }

                    Words {
                        x: 34
                        width: 200
                        anchors.verticalCenter: parent.verticalCenter
                        text: row.modelData.label
                        color: Theme.inkSoft
                        font.pixelSize: Theme.small
                        lineHeight: 1
                    }

                    Words {
                        x: 234
                        width: parent.width - x - 200
                        anchors.verticalCenter: parent.verticalCenter
                        text: row.modelData.value
                        strong: true
                        font.pixelSize: text.length > 64 ? 26 : text.length > 31 ? 28 : 31
                        maximumLineCount: 2
                        lineHeight: 1
                        elide: Text.ElideRight
                    }

                    Rectangle {
                        anchors.right: parent.right
                        anchors.rightMargin: 22
                        anchors.verticalCenter: parent.verticalCenter
                        width: 164
                        height: 62
                        radius: 31
                        color: Theme.seaTint
                        border.width: Theme.contrast ? Theme.keyEdge : 0
                        border.color: Theme.ink

                        Row {
                            anchors.centerIn: parent
                            spacing: 14

                            Icon {
                                name: "pencil-simple"
                                size: 34
                                anchors.verticalCenter: parent.verticalCenter
                            }

                            Words {
                                text: Texts.say("common.change")
                                strong: true
                                color: Theme.sea
                                font.pixelSize: Theme.small
                                lineHeight: 1
                                anchors.verticalCenter: parent.verticalCenter
                            }
                        }
                    }
                }
            }
        }
    }

    Total {
        x: Theme.margin
        y: 1090
        width: Theme.width
        height: 120
        title: root.visit.review.title
        line: Texts.say("review.paid_later")
        amount: root.visit.review.amount
    }

    Words {
        x: Theme.margin
        y: 1218
        width: Theme.width
        text: root.visit.review.complaint
        strong: true
        color: Theme.brick
        font.pixelSize: 31
        lineHeight: 1
    }

    Column {
        x: Theme.margin
        y: 1260
        spacing: 14

        Repeater {
            model: ["data_true", "working_and_fit", "send_to_bpjs"]

            Tick {
                required property string modelData

                objectName: "tick-" + modelData
                width: Theme.width
                height: 108
                sentence: Texts.say("review.declaration." + modelData)
                ticked: root.visit.review.ticked.includes(modelData)
                missing: root.visit.review.complaint !== ""
                onTapped: root.visit.review.toggle(modelData)
            }
        }
    }
}
