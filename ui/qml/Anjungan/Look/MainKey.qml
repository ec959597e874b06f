import QtQuick

// The one yellow key of a screen. Not ready, it lies flat and still answers a touch.
Key {
    flat: !ready
    iconAfter: true
    icon: "arrow-right"
    face: ready ? Theme.kunyit : Theme.notReady
    facePressed: ready ? Theme.kunyitPressed : Theme.notReady
    edge: ready ? Theme.kunyitEdge : Theme.line
    edgePressed: edge
    ledge: Theme.kunyitEdge
    ink: ready ? Theme.overKunyit : Theme.inkSoft
    edgeWidth: Theme.keyEdge
    ledgeHeight: Theme.mainLedge
    pixelSize: Theme.navText
}
