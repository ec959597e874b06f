pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Models

// The groups of jobs; beside them the one that is chosen: its dinas, names, and the branch's codes.
PartPanes {
    id: root

    required property SegmentsModel segments

    kind: "segment"
    lines: segments.lines
    chosen: segments.chosen
    onPicked: id => segments.choose(id)

    DeskText {
        id: title

        width: parent.width
        text: root.segments.detail.title ?? ""
        strong: true
        font.pixelSize: 28
    }

    KnownFacts {
        objectName: "segmentFacts"
        y: title.height + 20
        width: parent.width
        facts: root.segments.detail.facts ?? []
    }

    PartKeys {
        mayEdit: !root.locked
        mayTakeBack: !root.locked && (root.segments.detail.changed ?? false)
        onEdited: root.segments.edit()
        onTakenBack: root.segments.takeBack()
    }
}
