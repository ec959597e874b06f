import Anjungan.Look

LineScreen {
    line: visit.mother
    label: Texts.say("mother.label")
    note: Texts.say("mother.note")
}
