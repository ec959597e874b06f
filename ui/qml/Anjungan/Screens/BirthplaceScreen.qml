import Anjungan.Look

LineScreen {
    line: visit.birthplace
    label: Texts.say("birthplace.label")
    mark: Texts.say("birthplace.label")
    markText: Texts.say("birthplace.hint")
}
