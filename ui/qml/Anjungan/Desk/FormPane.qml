pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// A form: its title, its fields in one or two columns, a remark, and the keys.
Pane {
    id: root

    required property FormModel form
    readonly property int gap: 18
    // Upright there is half the width: two fields in a line, or one.
    readonly property bool narrow: form.wholePage && width < 900
    readonly property int inner: width - 48

    DeskText {
        id: title

        x: 24
        y: root.form.wholePage ? 16 : 22
        width: root.inner
        text: root.form.title
        strong: true
        color: root.form.grave ? Theme.brick : Theme.ink
        font.pixelSize: 26
    }

    DeskText {
        id: lead

        visible: !root.narrow
        x: root.form.wholePage ? 24 + title.implicitWidth + 24 : 24
        y: root.form.wholePage ? title.y + title.height - height - 3 : title.y + title.height + 6
        width: root.width - x - 24
        text: root.form.lead
        color: Theme.inkSoft
    }

    Flickable {
        id: scroll

        x: 14
        y: lead.y + lead.height + (root.form.wholePage ? 2 : 12)
        height: keys.y - y - 4
        width: parent.width - 28
        contentHeight: flow.height + 14
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        // The pane is dragged by its bar or turned by its wheel: a finger on a field types.
        interactive: contentHeight > height

        Flow {
            id: flow

            x: 10
            y: 7
            width: root.inner + 1
            spacing: root.form.wholePage ? 8 : root.gap

            Repeater {
                id: fields

                model: root.form.fields

                Column {
                    id: place

                    required property FormFieldModel modelData
                    required property int index
                    readonly property FormField formField: one

                    width: Math.floor((root.inner + flow.spacing) * (root.narrow ? (modelData.span > 4 ? 12 : 6) : modelData.span) / 12) - flow.spacing
                    visible: modelData.shown
                    z: one.entry !== null && one.entry.z > 0 ? 5 : 0

                    FormField {
                        id: one

                        width: parent.width
                        field: place.modelData
                        onSubmitted: root.form.submit()
                    }
                }
            }
        }
    }

    // What is typed into stays in sight.
    Connections {
        target: root.Window.window

        function onActiveFocusItemChanged(): void {
            const item = root.Window.activeFocusItem;
            if (item === null || !root.visible)
                return;
            const place = item.mapToItem(flow, 0, 0);
            if (place.y < 0 || place.y > flow.height)
                return;
            const top = Math.max(0, place.y - 40), bottom = place.y + item.height + 60;
            if (top < scroll.contentY)
                scroll.contentY = top;
            else if (bottom > scroll.contentY + scroll.height)
                scroll.contentY = Math.max(0, Math.min(bottom - scroll.height, scroll.contentHeight - scroll.height));
        }
    }

    Connections {
        target: root.form

        function onOpened(): void {
            scroll.contentY = 0;
            root.focusFirst(false);
        }

        function onComplained(): void {
            root.focusFirst(true);
        }
    }

    Component.onCompleted: focusFirst(false)

    function focusFirst(wrong: bool): void {
        for (let n = 0; n < fields.count; n++) {
            const place = fields.itemAt(n) as Column;
            if (place === null || !place.visible)
                continue;
            const one = place.children[0] as FormField;
            if (wrong && one.field.problem === "")
                continue;
            const entry = one.entry;
            const box = entry as TextBox;
            const pick = entry as PickField;
            const passage = entry as PassageField;
            const input = box ? box.input : pick ? pick.input : null;
            (input ?? passage?.input ?? entry)?.forceActiveFocus();
            input?.selectAll();
            return;
        }
    }

    Item {
        id: keys

        x: 24
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.form.wholePage ? 9 : 20
        width: root.inner
        height: root.form.wholePage ? 50 : 54

        Column {
            anchors.left: cancel.right
            anchors.leftMargin: 18
            anchors.right: submit.left
            anchors.rightMargin: 18
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            DeskText {
                width: parent.width
                visible: text !== ""
                text: root.form.problem !== "" ? root.form.problem : root.form.remark
                strong: root.form.problem !== ""
                color: root.form.problem !== "" ? Theme.brick : Theme.inkSoft
                font.pixelSize: 17
                horizontalAlignment: Text.AlignRight
            }

            DeskText {
                width: parent.width
                visible: text !== "" && root.form.problem === ""
                text: root.form.remarkTitle
                strong: true
                font.pixelSize: 24
                horizontalAlignment: Text.AlignRight
            }
        }

        // The way on comes first for who goes by Tab.
        DeskMainKey {
            id: submit

            objectName: "formSubmit"
            anchors.right: parent.right
            height: parent.height
            ready: !root.form.busy
            icon: "check"
            iconAfter: true
            text: root.form.submitText
            onTapped: root.form.submit()
        }

        DeskKey {
            id: cancel

            objectName: "formCancel"
            height: parent.height
            icon: "arrow-left"
            text: root.form.cancelText
            onTapped: root.form.cancel()
        }
    }
}
