import QtQuick
import Anjungan.Look
import Anjungan.Models

// Text, figures, a date or an amount. Dates and amounts are kept as bare digits.
TextBox {
    id: root

    required property FormFieldModel field
    readonly property bool figures: field.kind === "money" || field.kind === "date"

    signal submitted

    objectName: field.key
    label: field.label
    wrong: field.problem !== ""
    secret: field.kind === "pin" || field.kind === "secret"
    placeholder: field.kind === "date" ? Texts.say("desk.form.date_like") : ""
    input.inputMethodHints: Qt.ImhNoPredictiveText
    input.onTextEdited: take(input.text)
    input.onAccepted: root.submitted()
    Component.onCompleted: show()

    Connections {
        target: root.field

        function onTextChanged(): void {
            root.show();
        }
    }

    function take(typed: string): void {
        const kind = field.kind;
        let kept = typed;
        if (figures)
            kept = typed.replace(/[^0-9]/g, "");
        else if (kind === "digits" || kind === "pin")
            kept = typed.replace(/[^0-9+*. -]/g, "");
        else if (kind === "capitals")
            kept = typed.toUpperCase();
        kept = kept.replace(/[\r\n\t]+/g, " ").slice(0, field.longest);
        const behind = typed.length - input.cursorPosition;
        field.write(kept);
        show();
        input.cursorPosition = Math.max(0, input.text.length - behind);
    }

    function show(): void {
        const shown = written(field.text);
        if (shown !== input.text)
            input.text = shown;
    }

    function written(kept: string): string {
        if (field.kind === "date")
            return [kept.slice(0, 2), kept.slice(2, 4), kept.slice(4)].filter(part => part !== "").join("-");
        if (field.kind === "money" && kept !== "")
            return "Rp" + kept.replace(/^0+(?=[0-9])/, "").replace(/\B(?=([0-9]{3})+$)/g, ".");
        return kept;
    }
}
