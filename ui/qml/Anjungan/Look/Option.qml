import QtQuick

// A choice in a few words; chosen it is filled and ticked.
Key {
    property bool chosen: false

    Accessible.checkable: true
    Accessible.checked: chosen
    radius: Theme.keyRadius
    icon: chosen ? "check" : ""
    flat: chosen
    ink: chosen ? Theme.overSea : Theme.ink
    face: chosen ? Theme.sea : Theme.card
    facePressed: chosen ? Theme.sea : Theme.seaTint
    edge: chosen ? Theme.sea : Theme.control
}
