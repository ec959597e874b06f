pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    readonly property list<string> topics: ["what", "why", "long", "rights", "who"]
    readonly property list<string> signs: ["list-checks", "question", "clock", "user", "bank"]
    readonly property bool pictured: Theme.textStep === 0
    // Of the height: what is recorded has the most to say.
    readonly property list<real> shares: Theme.portrait ? [0.232, 0.198, 0.186, 0.18, 0.204] : [0.395, 0.27, 0.335, 0.395, 0.34]

    function sentence(topic: string): string {
        if (topic === "what")
            return whatIsRecorded();
        if (topic === "who")
            return whoIsResponsible();
        if (topic === "long")
            return Texts.say("consent.long", {
                "minutes": root.kiosk.draftMinutes
            });
        return Texts.say("consent." + topic);
    }

    function whoIsResponsible(): string {
        const office = Texts.say("consent.office", {
            "office": root.kiosk.office,
            "kabupaten": root.kiosk.kabupaten
        });
        const controller = root.kiosk.controllerName || office;
        if (root.kiosk.controllerContact !== "")
            return Texts.say("consent.who_contact", {
                "controller": controller,
                "contact": root.kiosk.controllerContact
            });
        if (root.kiosk.helpNumber !== "")
            return Texts.say("consent.who_phone", {
                "controller": controller,
                "phone": root.kiosk.helpNumber
            });
        return Texts.say("consent.who", {
            "controller": controller
        });
    }

    // No more than this office asks for.
    function whatIsRecorded(): string {
        const birthplace = root.kiosk.asksBirthplace ? " " + Texts.say("consent.what_birthplace") : "";
        const mother = root.kiosk.asksMotherName ? " " + Texts.say("consent.what_mother") : "";
        return Texts.say("consent.what") + birthplace + mother;
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.card
        border.width: Theme.tileEdge
        border.color: Theme.line

        Flow {
            id: flow

            readonly property int columns: Theme.pick(1, 2)

            x: Theme.pad
            y: Theme.pick(10, 6)
            width: parent.width - 2 * x
            height: parent.height - 2 * y
            flow: Theme.portrait ? Flow.LeftToRight : Flow.TopToBottom

            Repeater {
                model: root.topics

                Item {
                    id: row

                    required property string modelData
                    required property int index

                    width: flow.width / flow.columns - 0.5
                    height: flow.height * root.shares[index] - 0.5

                    Rectangle {
                        visible: row.index > 0 && (Theme.portrait || row.index !== 3)
                        width: parent.width - Theme.pick(0, 20)
                        height: Theme.tileEdge
                        color: Theme.line
                    }

                    Icon {
                        visible: root.pictured
                        x: 8
                        anchors.verticalCenter: parent.verticalCenter
                        name: root.signs[row.index]
                        size: Theme.pick(92, 58)
                    }

                    Column {
                        x: root.pictured ? Theme.pick(140, 86) : 8
                        width: parent.width - x - Theme.pick(8, 20)
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: Theme.pick(6, 2)

                        Words {
                            width: parent.width
                            text: Texts.say("consent." + row.modelData + "_title")
                            strong: true
                            font.pixelSize: Theme.h3
                        }

                        Words {
                            width: parent.width
                            text: root.sentence(row.modelData)
                            font.pixelSize: Theme.sized([33, 38, 38], [23, 25, text.length > 150 ? 23 : 26])
                            lineHeight: 1.08
                        }
                    }
                }
            }
        }
    }
}
