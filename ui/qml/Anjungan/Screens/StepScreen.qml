import QtQuick
import Anjungan.Look

// A question of the registration: the work below the question, and its keys where all keys stand.
VisitScreen {
    id: root

    required property StepFrame frame
    required property string step
    // "" for none, "pad" for digits, "board" for letters.
    property string keyboard: ""
    default property alias work: area.data
    property alias keys: zone.data
    readonly property bool beside: keyboard === "pad" && !Theme.portrait
    readonly property int workEnd: keyboard === "board" ? Theme.boardTop - Theme.pick(14, 12) : keyboard === "pad" && Theme.portrait ? Theme.padTop - 14 : Theme.workBottom
    readonly property int workWidth: area.width
    readonly property int workHeight: area.height

    Item {
        id: area

        x: Theme.margin
        width: root.beside ? 790 : Theme.width
        height: root.workEnd - y

        // Only the screen that is shown follows the height of its own question above it: to be
        // laid out for another's as well would draw every picture twice.
        Binding {
            target: area
            property: "y"
            value: root.frame.workTop
            when: root.visible && root.visit.headStep === root.step
            restoreMode: Binding.RestoreNone
        }
    }

    Item {
        id: zone

        x: root.keyboard === "pad" ? Theme.padX : Theme.margin
        y: root.keyboard === "pad" ? Theme.padTop : Theme.boardTop
        width: root.keyboard === "pad" ? Theme.padWidth : Theme.width
        height: Theme.workBottom - y
    }
}
