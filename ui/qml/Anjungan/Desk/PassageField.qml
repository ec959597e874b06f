pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// A sentence that may take several lines; Enter is for the form, and Tab for the next field.
Rectangle {
    id: root

    required property FormFieldModel field
    property alias input: input

    signal submitted

    objectName: field.key
    implicitHeight: Math.max(64, input.implicitHeight + 20)
    radius: 10
    color: Theme.card
    border.width: input.activeFocus ? 3 : 2
    border.color: field.problem !== "" ? Theme.brick : input.activeFocus ? Theme.sea : Theme.quietEdge

    MouseArea {
        anchors.fill: parent
        onPressed: input.forceActiveFocus()
    }

    TextEdit {
        id: input

        Accessible.role: Accessible.EditableText
        Accessible.name: root.field.label
        x: 14
        y: 10
        width: parent.width - 28
        activeFocusOnTab: true
        selectByMouse: true
        wrapMode: TextEdit.Wrap
        color: Theme.ink
        selectionColor: Theme.sea
        selectedTextColor: Theme.overSea
        font.family: Theme.family
        font.weight: Font.DemiBold
        font.pixelSize: 19
        renderType: Text.NativeRendering
        inputMethodHints: Qt.ImhNoPredictiveText
        cursorDelegate: Rectangle {
            visible: input.activeFocus
            width: 2
            color: Theme.sea
        }
        onTextChanged: root.take()
        Component.onCompleted: text = root.field.text
        Keys.priority: Keys.BeforeItem
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        Keys.onReturnPressed: root.submitted()
        Keys.onEnterPressed: root.submitted()
    }

    // What was pasted from elsewhere may have breaks and more than fits.
    function take(): void {
        const kept = input.text.replace(/[\r\n\t]+/g, " ").slice(0, root.field.longest);
        if (kept !== input.text)
            input.text = kept;
        else
            root.field.write(kept);
    }
}
