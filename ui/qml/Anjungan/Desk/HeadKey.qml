import Anjungan.Look

// A key on the dark bar.
DeskKey {
    flat: true
    strong: false
    textSize: 17
    implicitHeight: 46
    face: Theme.seaDeep
    facePressed: Theme.sea
    edge: Theme.seaDeep
    edgePressed: Theme.sea
    ink: Theme.overSeaDeep
    ring: Theme.kunyit
}
