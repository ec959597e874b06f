import QtQuick
import Anjungan.Look

// A key of the desk: smaller than the residents', pressed by mouse, finger, Enter or Space.
Key {
    id: root

    property int textSize: 18
    readonly property real besideText: 2 * Theme.pick(14, 10) + 8 + (icon === "" ? 0 : iconSize + (text === "" ? 0 : Theme.pick(18, 12)))

    // As wide as Key needs to leave its words on one line.
    implicitWidth: Math.max(46, besideText + Math.ceil(measure.width))
    implicitHeight: 50
    radius: 11
    pixelSize: textSize
    iconSize: 26
    ledgeHeight: 4
    edgeWidth: 2
    edge: Theme.quietEdge
    edgePressed: Theme.sea
    ledge: Theme.quietEdge
    ringOutside: 5

    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()
    Keys.onSpacePressed: press()

    TextMetrics {
        id: measure

        text: root.text
        font.family: Theme.family
        font.weight: root.strong ? Font.DemiBold : Font.Normal
        font.pixelSize: root.textSize
    }
}
