pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look

// Two lines over days or months: how many, and how many of them further.
Item {
    id: root

    // Each with name, count (-1 for what has not come yet) and inner.
    required property list<var> points
    property int textSize: 15
    readonly property int steps: 4
    // The smallest round number above all counts that divides into whole steps.
    readonly property int most: round(Math.max(1, ...points.map(one => one.count)))
    readonly property int gutter: 52
    readonly property int foot: 26
    readonly property real step: (width - gutter) / Math.max(1, points.length)
    readonly property real base: height - foot
    // Names that would touch are left out.
    readonly property int every: Math.max(1, Math.ceil(30 / Math.max(1, step)))

    function round(count: int): int {
        for (let unit = 1; ; unit *= 10)
            for (const times of [4, 8, 12, 20, 40])
                if (times * unit >= count)
                    return times * unit;
    }

    function level(count: int): real {
        return base - (base - 8) * count / most;
    }

    function place(index: int): real {
        return gutter + step * (index + 0.5);
    }

    Repeater {
        model: root.steps + 1

        Item {
            id: mark

            required property int index
            readonly property int count: root.most * index / root.steps

            y: root.level(count)
            width: root.width

            Rectangle {
                x: root.gutter
                width: parent.width - root.gutter
                height: 1
                color: Theme.line
            }

            Words {
                y: -height / 2
                width: root.gutter - 8
                text: String(mark.count).replace(/\B(?=(\d{3})+$)/g, ".")
                color: Theme.inkSoft
                font.pixelSize: root.textSize
                lineHeight: 1
                horizontalAlignment: Text.AlignRight
            }
        }
    }

    component Track: Repeater {
        id: track

        required property string part
        required property color ink

        model: root.points

        Item {
            id: point

            required property var modelData
            required property int index
            readonly property real fromX: root.place(index - 1)
            readonly property real fromY: index > 0 ? root.level(root.points[index - 1][track.part]) : 0
            readonly property real toX: root.place(index)
            readonly property real toY: root.level(modelData[track.part])

            visible: modelData.count >= 0

            Rectangle {
                visible: point.index > 0
                x: point.fromX
                y: point.fromY - height / 2
                width: Math.hypot(point.toX - point.fromX, point.toY - point.fromY)
                height: 3
                color: track.ink
                antialiasing: true
                transformOrigin: Item.Left
                rotation: Math.atan2(point.toY - point.fromY, point.toX - point.fromX) * 180 / Math.PI
            }

            Rectangle {
                x: point.toX - 4
                y: point.toY - 4
                width: 8
                height: 8
                radius: 4
                color: track.ink
            }
        }
    }

    Track {
        part: "count"
        ink: Theme.sea
    }

    Track {
        part: "inner"
        ink: Theme.contrast ? Theme.kunyit : Theme.kunyitPressed
    }

    Repeater {
        model: root.points

        Words {
            required property var modelData
            required property int index

            visible: index % root.every === 0
            x: root.place(index) - width / 2
            y: root.base + 5
            text: modelData.name
            color: Theme.inkSoft
            font.pixelSize: root.textSize
            lineHeight: 1
            wrapMode: Text.NoWrap
        }
    }
}
