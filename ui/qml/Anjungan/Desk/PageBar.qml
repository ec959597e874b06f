pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What there is beside the list: a page each, for those whose role allows it.
Flow {
    id: root

    required property DeskModel desk

    // Names that are shortened where that spares a second row.
    readonly property var shortNames: ({
            "batches": "desk.page_short.batches",
            "answer": "desk.page_short.answer",
            "invitations": "desk.page_short.invitations"
        })
    readonly property bool isShort: rowWidth(false) > width && rowWidth(true) <= width

    function label(page: string, inShort: bool): string {
        return Texts.say(inShort && page in shortNames ? shortNames[page] : "desk.page." + page);
    }

    // As if each page were the one that is open: its name is bold then.
    function rowWidth(inShort: bool): real {
        const first = keys.count > 0 ? keys.itemAt(0) : null;
        const texts = keys.model.map(one => Math.ceil(bold.advanceWidth(label(one.page, inShort))));
        return texts.reduce((sum, text) => sum + text + (first?.besideText ?? 0) + spacing, -spacing);
    }

    spacing: 2

    FontMetrics {
        id: bold

        font.family: Theme.family
        font.weight: Font.DemiBold
        font.pixelSize: 16
    }

    Repeater {
        id: keys

        model: [
            {
                "page": "records",
                "needs": "see",
                "icon": "users"
            },
            {
                "page": "batches",
                "needs": "hand_over",
                "icon": "package"
            },
            {
                "page": "answer",
                "needs": "hand_over",
                "icon": "tray-arrow-down"
            },
            {
                "page": "invitations",
                "needs": "hand_over",
                "icon": "handshake"
            },
            {
                "page": "requests",
                "needs": "see",
                "icon": "scales"
            },
            {
                "page": "recap",
                "needs": "see",
                "icon": "clipboard-text"
            },
            {
                "page": "pairs",
                "needs": "see",
                "icon": "users-three",
                "shown": root.desk.centre.joined
            },
            {
                "page": "centre",
                "needs": "mind_centre",
                "icon": "cloud",
                "shown": !root.desk.allowed.includes("see")
            },
            {
                "page": "printer",
                "needs": "mind_printer",
                "icon": "printer"
            },
            {
                "page": "staff",
                "needs": "manage_staff",
                "icon": "users-three"
            },
            {
                "page": "settings",
                "needs": "change_settings",
                "icon": "wrench"
            },
            {
                "page": "readiness",
                "needs": "see_readiness",
                "icon": "list-checks"
            },
            {
                "page": "copies",
                "needs": "keep_copies",
                "icon": "download-simple"
            },
            {
                "page": "data",
                "needs": "load_data",
                "icon": "coins"
            }
        ].filter(one => root.desk.allowed.includes(one.needs) && (one.shown ?? true))

        DeskKey {
            required property var modelData
            // The numbers are reached from the recap.
            readonly property bool here: (root.desk.page === "numbers" ? "recap" : root.desk.page) === modelData.page

            objectName: "page_" + modelData.page
            flat: true
            strong: here
            textSize: 16
            iconSize: 22
            implicitHeight: 44
            radius: 10
            icon: modelData.icon
            text: root.label(modelData.page, root.isShort)
            face: here ? Theme.seaTint : Theme.paper
            edge: here ? Theme.sea : Theme.paper
            onTapped: root.desk.go(modelData.page)
        }
    }
}
