import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    OptionGrid {
        x: Theme.margin
        y: 414
        width: Theme.width
        columns: 3
        columnSpacing: 20
        keyHeight: 104
        rowSpacing: 16
        model: root.visit.kecamatan
        prefix: "kecamatan"
    }
}
