import QtQuick
import Anjungan.Look

StepScreen {
    id: root

    readonly property int half: (workWidth - Theme.gap) / 2

    OptionGrid {
        width: root.workWidth
        room: root.workHeight - Theme.optionHeight - Theme.pick(30, 20)
        model: root.visit.home
        prefix: "desa"
    }

    Option {
        objectName: "lives-other_kecamatan"
        y: root.workHeight - height
        width: root.half
        height: Theme.optionHeight
        icon: chosen ? "check" : "map-pin"
        pixelSize: Theme.sized([34, 40, 42], [24, 28, 30])
        text: Texts.say("address.other_kecamatan")
        chosen: root.visit.home.chosen === "other_kecamatan"
        onTapped: root.visit.home.choose("other_kecamatan")
    }

    Option {
        objectName: "lives-elsewhere"
        x: root.half + Theme.gap
        y: root.workHeight - height
        width: root.half
        height: Theme.optionHeight
        icon: chosen ? "check" : "map-pin"
        pixelSize: Theme.sized([34, 40, 42], [24, 28, 30])
        text: Texts.say("address.elsewhere")
        chosen: root.visit.home.chosen === "elsewhere"
        onTapped: root.visit.home.choose("elsewhere")
    }
}
