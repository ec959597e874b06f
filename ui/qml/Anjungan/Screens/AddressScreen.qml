import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    OptionGrid {
        x: Theme.margin
        y: 414
        width: Theme.width
        model: root.visit.home
        prefix: "desa"
    }

    Option {
        objectName: "lives-other_kecamatan"
        x: Theme.margin
        y: 1500
        width: 471
        height: 112
        icon: chosen ? "check" : "map-pin"
        pixelSize: 34
        text: Texts.say("address.other_kecamatan")
        chosen: root.visit.home.chosen === "other_kecamatan"
        onTapped: root.visit.home.choose("other_kecamatan")
    }

    Option {
        objectName: "lives-elsewhere"
        x: 553
        y: 1500
        width: 471
        height: 112
        icon: chosen ? "check" : "map-pin"
        pixelSize: 34
        text: Texts.say("address.elsewhere")
        chosen: root.visit.home.chosen === "elsewhere"
        onTapped: root.visit.home.choose("elsewhere")
    }
}
