import QtQuick
import Anjungan.Look

VisitScreen {
    id: root

    OptionGrid {
        x: Theme.margin
        y: 414
        width: Theme.width
        model: root.visit.desa
        prefix: "otherdesa"
    }
}
