import Anjungan.Models

// A sentence to agree to.
TickKey {
    id: root

    required property FormFieldModel field

    objectName: field.key
    label: field.label
    ticked: field.text === "yes"
    wrong: field.problem !== ""
    onTapped: field.write(ticked ? "" : "yes")
}
