pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    readonly property list<string> topics: ["what", "why", "long", "rights", "who"]
    readonly property list<string> signs: ["list-checks", "question", "clock", "user", "bank"]

    function sentence(topic: string): string {
        const office = {
            "office": root.kiosk.office,
            "kabupaten": root.kiosk.kabupaten,
            "phone": root.kiosk.helpNumber
        };
        return Texts.say("consent." + (topic === "who" && root.kiosk.helpNumber !== "" ? "who_phone" : topic), office);
    }

    Rectangle {
        x: Theme.margin
        y: 350
        width: Theme.width
        height: 1250
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Column {
            anchors.fill: parent

            Repeater {
                model: root.topics

                Item {
                    id: row

                    required property string modelData
                    required property int index

                    width: Theme.width
                    height: 250

                    Rectangle {
                        visible: row.index > 0
                        x: 36
                        width: parent.width - 72
                        height: 2
                        color: Theme.line
                    }

                    Icon {
                        x: 44
                        anchors.verticalCenter: parent.verticalCenter
                        name: root.signs[row.index]
                        size: 92
                    }

                    Column {
                        x: 176
                        width: parent.width - x - 40
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: 8

                        Words {
                            width: parent.width
                            text: Texts.say("consent." + row.modelData + "_title")
                            strong: true
                            font.pixelSize: Theme.h3
                        }

                        Words {
                            width: parent.width
                            text: root.sentence(row.modelData)
                        }
                    }
                }
            }
        }
    }
}
