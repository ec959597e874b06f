import QtQuick

// A quiet key for what most people do without; ticked once it is wanted.
Option {
    height: Theme.pick(96, 76)
    icon: chosen ? "check" : "plus"
    iconSize: Theme.pick(40, 30)
    edge: chosen ? Theme.sea : Theme.quietEdge
    ledge: Theme.quietEdge
    pixelSize: Theme.sized([32, 38, 42], [24, 27, 30])
}
