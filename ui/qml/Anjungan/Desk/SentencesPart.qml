pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// Sentences found by their words; beside them the one that is chosen in every language.
PartPanes {
    id: root

    required property SentencesModel sentences

    kind: "sentence"
    lines: sentences.lines
    chosen: sentences.chosen
    above: groups.y + groups.height
    onPicked: id => sentences.choose(id)
    over: [
        TextBox {
            id: box

            objectName: "sentenceSearch"
            x: 16
            y: 14
            width: parent.width - 32
            icon: "magnifying-glass"
            placeholder: Texts.say("parts.sentences.search")
            text: root.sentences.typed
            input.onTextEdited: root.sentences.search(text)
        },
        Flow {
            id: groups

            x: 16
            y: box.y + box.height + 10
            width: parent.width - 32
            spacing: 6

            Repeater {
                model: root.sentences.groups

                ViewKey {
                    required property var modelData

                    objectName: "sentenceGroup_" + modelData.id
                    implicitHeight: 40
                    label: modelData.label
                    count: modelData.count
                    chosen: modelData.chosen
                    onTapped: root.sentences.openGroup(modelData.id)
                }
            }
        },
        DeskText {
            objectName: "sentencesNone"
            visible: root.sentences.lines.count === 0
            y: root.above + 40
            x: 30
            width: parent.width - 60
            text: Texts.say("parts.sentences.none")
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }
    ]

    DeskText {
        id: title

        objectName: "sentenceKey"
        width: parent.width
        text: root.sentences.detail.key ?? ""
        color: Theme.inkSoft
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
    }

    Column {
        y: title.height + 18
        width: parent.width
        spacing: 22

        Repeater {
            model: root.sentences.detail.said ?? []

            Column {
                id: one

                required property var modelData
                required property int index

                width: parent.width
                spacing: 6

                DeskText {
                    text: one.modelData.language
                    color: Theme.inkSoft
                    font.pixelSize: 16
                }

                DeskText {
                    objectName: "said_" + one.index
                    width: parent.width
                    text: one.modelData.now
                    strong: true
                    font.pixelSize: 22
                    lineHeight: 1.2
                }

                DeskText {
                    objectName: "shipped_" + one.index
                    visible: one.modelData.shipped !== ""
                    width: parent.width
                    text: Texts.say("parts.sentences.was", {
                        "sentence": one.modelData.shipped
                    })
                    color: Theme.inkSoft
                }
            }
        }

        Warning {
            width: parent.width
            text: root.sentences.detail.fixed ?? ""
        }
    }

    PartKeys {
        mayEdit: (root.sentences.detail.fixed ?? "") === ""
        mayTakeBack: root.sentences.detail.changed ?? false
        onEdited: root.sentences.edit()
        onTakenBack: root.sentences.takeBack()
    }
}
