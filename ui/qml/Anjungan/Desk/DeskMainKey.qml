import Anjungan.Look

// The one yellow key: what comes next for what is open.
DeskKey {
    face: ready ? Theme.kunyit : Theme.notReady
    facePressed: ready ? Theme.kunyitPressed : Theme.notReady
    edge: ready ? Theme.kunyitEdge : Theme.line
    edgePressed: edge
    ledge: ready ? Theme.kunyitEdge : Theme.line
    ink: ready ? Theme.overKunyit : Theme.inkSoft
    flat: !ready
}
