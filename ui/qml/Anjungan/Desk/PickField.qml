pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// One of many: what is typed narrows the list below, arrows and Enter choose.
Item {
    id: root

    required property FormFieldModel field
    readonly property TextInput input: box.input
    readonly property string chosenLabel: field.options.find(one => one.id === field.text)?.label ?? ""
    readonly property bool open: box.input.activeFocus && box.text !== chosenLabel
    readonly property var matches: open ? find(box.text) : []
    property int at: 0

    implicitHeight: box.height
    z: open ? 10 : 0
    onChosenLabelChanged: if (!box.input.activeFocus || chosenLabel !== "")
        box.text = chosenLabel

    function plain(text: string): string {
        return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    }

    // Every word typed begins a word of what is found; what begins with the first stands first.
    function find(typed: string): var {
        const words = plain(typed).split(/[^a-z0-9]+/).filter(word => word !== "");
        if (words.length === 0)
            return field.options;
        const found = field.options.filter(one => {
            const parts = plain(one.label).split(/[^a-z0-9]+/);
            return words.every(word => parts.some(part => part.startsWith(word)));
        });
        return found.sort((one, other) => plain(other.label).startsWith(words[0]) - plain(one.label).startsWith(words[0]));
    }

    function choose(place: int): void {
        const found = find(box.text)[place];
        if (!found)
            return;
        box.text = found.label;
        field.write(found.id);
    }

    TextBox {
        id: box

        objectName: root.field.key
        width: parent.width
        label: root.field.label
        wrong: root.field.problem !== ""
        placeholder: Texts.say("desk.form.type_to_find")
        text: root.chosenLabel
        input.onTextEdited: {
            root.at = 0;
            if (root.field.text !== "")
                root.field.write("");
        }
        // Leaving takes what stands first, so that Tab is enough.
        input.onActiveFocusChanged: {
            if (!input.activeFocus && input.text !== root.chosenLabel) {
                if (input.text.trim() !== "" && root.find(input.text).length > 0)
                    root.choose(root.at);
                else
                    input.text = root.chosenLabel;
            }
        }
        Keys.onDownPressed: root.at = Math.min(root.at + 1, root.matches.length - 1)
        Keys.onUpPressed: root.at = Math.max(root.at - 1, 0)
        Keys.onReturnPressed: root.choose(root.at)
        Keys.onEnterPressed: root.choose(root.at)
        Keys.onEscapePressed: input.text = root.chosenLabel

        Icon {
            anchors.right: parent.right
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            name: "caret-down"
            size: 20
            ink: Theme.inkSoft
        }
    }

    Rectangle {
        visible: root.open && list.count > 0
        y: box.height + 3
        width: parent.width
        height: Math.min(6, list.count) * 44 + 8
        radius: 10
        color: Theme.card
        border.width: 2
        border.color: Theme.sea

        ListView {
            id: list

            anchors.fill: parent
            anchors.margins: 4
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.matches
            currentIndex: root.at
            highlightMoveDuration: 0

            delegate: Rectangle {
                id: line

                required property var modelData
                required property int index

                objectName: root.field.key + "_" + modelData.id
                width: list.width
                height: 44
                radius: 7
                color: index === root.at ? Theme.seaTint : Theme.card

                DeskText {
                    anchors.fill: parent
                    anchors.leftMargin: 12
                    anchors.rightMargin: 12
                    verticalAlignment: Text.AlignVCenter
                    text: line.modelData.label
                    strong: line.index === root.at
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }

                MouseArea {
                    anchors.fill: parent
                    onPressed: mouse => mouse.accepted = Touch.ready()
                    onClicked: root.choose(line.index)
                }
            }
        }
    }
}
