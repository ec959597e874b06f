import QtQuick

Key {
    icon: "arrow-left"
    edge: Theme.quietEdge
    edgePressed: Theme.quietEdge
    ledge: Theme.quietEdge
    edgeWidth: Theme.keyEdge
    ledgeHeight: Theme.mainLedge
    pixelSize: Theme.navText
}
