pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// A report of some days: how many came how far, when, for which work, and where they stopped.
Item {
    id: root

    required property ReportModel numbers
    // Keys before and behind those of the months, and what can be looked at in place of the charts.
    property alias before: beforeKeys.data
    property alias behind: behindKeys.data
    property alias views: viewKeys.data
    // What has to be known first: a line below the title.
    property string remark
    // Nothing can be shown.
    property bool missed: false
    property Component instead: null
    readonly property bool wide: width >= 1200
    readonly property bool readable: !numbers.working && !missed

    signal again

    Row {
        id: keys

        x: 24
        y: 12
        spacing: 10

        Row {
            id: beforeKeys

            spacing: 10
        }

        DeskKey {
            objectName: "monthBefore"
            icon: "arrow-left"
            text: root.wide ? Texts.say("desk.numbers.before") : ""
            Accessible.name: Texts.say("desk.numbers.before")
            textSize: 17
            onTapped: root.numbers.step(-1)
        }

        DeskKey {
            objectName: "monthAfter"
            visible: !root.numbers.isLast
            icon: "arrow-right"
            iconAfter: true
            text: root.wide ? Texts.say("desk.numbers.after") : ""
            Accessible.name: Texts.say("desk.numbers.after")
            textSize: 17
            onTapped: root.numbers.step(1)
        }

        DeskKey {
            objectName: "showYear"
            text: root.numbers.byMonth ? Texts.say("desk.numbers.month") : Texts.say("desk.numbers.year")
            textSize: 17
            onTapped: root.numbers.byMonth ? root.numbers.month() : root.numbers.year()
        }

        Row {
            id: behindKeys

            spacing: 10
        }
    }

    DeskMainKey {
        objectName: "saveNumbers"
        anchors.right: parent.right
        anchors.rightMargin: 24
        y: 10
        ready: root.readable && !root.numbers.saving
        icon: "download-simple"
        text: Texts.say("desk.numbers.save")
        onTapped: root.numbers.save()
    }

    Pane {
        x: 24
        y: keys.y + keys.height + 12
        width: parent.width - 48
        height: parent.height - y - 16

        DeskText {
            id: title

            objectName: "numbersTitle"
            x: 24
            y: 14
            text: root.numbers.title
            strong: true
            font.pixelSize: 26
            wrapMode: Text.NoWrap
        }

        DeskText {
            anchors.left: title.right
            anchors.leftMargin: 20
            anchors.right: parent.right
            anchors.rightMargin: 24
            anchors.baseline: title.baseline
            text: root.numbers.heading
            color: Theme.inkSoft
            font.pixelSize: 17
            horizontalAlignment: Text.AlignRight
        }

        Column {
            id: choices

            x: 24
            y: title.y + title.height + 10
            width: parent.width - 48
            spacing: 10

            DeskText {
                objectName: "numbersRemark"
                visible: text !== ""
                width: parent.width
                text: root.remark
                color: Theme.inkSoft
                font.pixelSize: 16
            }

            Flow {
                id: viewKeys

                visible: root.readable && children.length > 0
                width: parent.width
                spacing: 8
            }

            Flow {
                width: parent.width
                spacing: 8

                Repeater {
                    model: root.numbers.dinas

                    ViewKey {
                        required property var modelData

                        objectName: "dinas_" + modelData.key
                        label: modelData.name
                        count: ""
                        chosen: root.numbers.chosen === modelData.key
                        onTapped: root.numbers.choose(modelData.key)
                    }
                }
            }
        }

        Column {
            visible: !root.readable
            anchors.centerIn: parent
            spacing: 12

            Icon {
                name: root.missed ? "warning" : "hourglass-medium"
                size: 48
                anchors.horizontalCenter: parent.horizontalCenter
            }

            DeskText {
                objectName: "numbersWorking"
                anchors.horizontalCenter: parent.horizontalCenter
                text: root.missed ? Texts.say("report.no_answer") : Texts.say("desk.numbers.working")
                strong: true
            }

            DeskKey {
                objectName: "numbersAgain"
                visible: root.missed
                anchors.horizontalCenter: parent.horizontalCenter
                icon: "arrow-counter-clockwise"
                text: Texts.say("report.again")
                onTapped: root.again()
            }
        }

        Loader {
            id: below

            x: 24
            y: choices.y + choices.height + 14
            width: parent.width - 48
            height: parent.height - y - 14
            active: root.readable && root.instead !== null
            sourceComponent: root.instead
        }

        Flickable {
            id: scroll

            objectName: "numbersScroll"
            visible: root.readable && root.instead === null
            x: 24
            y: below.y
            width: parent.width - 48
            height: parent.height - y - 14
            contentHeight: page.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            activeFocusOnTab: contentHeight > height
            Keys.onDownPressed: contentY = Math.min(contentY + 60, Math.max(0, contentHeight - height))
            Keys.onUpPressed: contentY = Math.max(0, contentY - 60)

            Column {
                id: page

                width: scroll.width
                spacing: 22

                Row {
                    id: stages

                    readonly property real share: (width - 4 * spacing) / 5

                    width: parent.width
                    spacing: 10

                    Repeater {
                        model: root.numbers.figures

                        Rectangle {
                            id: figure

                            required property var modelData

                            width: stages.share
                            height: 96
                            radius: 12
                            color: Theme.sand
                            border.width: Theme.contrast ? 1 : 0
                            border.color: Theme.line

                            Column {
                                x: 14
                                y: 9
                                width: parent.width - 22

                                DeskText {
                                    width: parent.width
                                    text: figure.modelData.label
                                    color: Theme.inkSoft
                                    font.pixelSize: 16
                                    wrapMode: Text.NoWrap
                                }

                                DeskText {
                                    text: figure.modelData.count
                                    strong: true
                                    font.pixelSize: 30
                                }

                                DeskText {
                                    width: parent.width
                                    text: root.wide ? figure.modelData.note : figure.modelData.share
                                    color: Theme.inkSoft
                                    font.pixelSize: 15
                                    wrapMode: Text.NoWrap
                                }
                            }
                        }
                    }
                }

                Grid {
                    id: charts

                    readonly property real half: root.wide ? (width - 40) / 2 : width

                    width: parent.width
                    columns: root.wide ? 2 : 1
                    columnSpacing: 40
                    rowSpacing: 24

                    Column {
                        width: charts.half
                        spacing: 10

                        Row {
                            spacing: 16

                            DeskText {
                                text: root.numbers.byMonth ? Texts.say("report.by_month") : Texts.say("report.by_day")
                                strong: true
                            }

                            Repeater {
                                model: [[Theme.sea, Texts.say("report.registered")], [Theme.contrast ? Theme.kunyit : Theme.kunyitPressed, Texts.say("report.paid")]]

                                Row {
                                    id: colour

                                    required property var modelData

                                    spacing: 6

                                    Rectangle {
                                        width: 18
                                        height: 5
                                        color: colour.modelData[0]
                                        anchors.verticalCenter: parent.verticalCenter
                                    }

                                    DeskText {
                                        text: colour.modelData[1]
                                        color: Theme.inkSoft
                                        font.pixelSize: 15
                                    }
                                }
                            }
                        }

                        DayLine {
                            width: parent.width
                            height: 190
                            points: root.numbers.line
                        }

                        DeskText {
                            topPadding: 8
                            text: Texts.say("report.by_segment")
                            strong: true
                        }

                        Bars {
                            width: parent.width
                            labelWidth: 190
                            bars: root.numbers.segments
                        }

                        DeskText {
                            topPadding: 8
                            visible: root.numbers.offices.length > 0
                            text: Texts.say("report.by_office")
                            strong: true
                        }

                        Bars {
                            visible: bars.length > 0
                            width: parent.width
                            labelWidth: 230
                            bars: root.numbers.offices
                        }

                        DeskText {
                            topPadding: 8
                            visible: root.numbers.places.length > 0
                            text: Texts.say("report.by_desa")
                            strong: true
                        }

                        Bars {
                            visible: bars.length > 0
                            width: parent.width
                            labelWidth: 230
                            bars: root.numbers.places
                        }
                    }

                    Column {
                        width: charts.half
                        spacing: 10

                        DeskText {
                            width: parent.width
                            text: Texts.say("report.funnel")
                            strong: true
                        }

                        FunnelBars {
                            width: parent.width
                            steps: root.numbers.funnel
                        }

                        DeskText {
                            visible: root.numbers.funnel.length === 0
                            text: Texts.say("report.nobody")
                            color: Theme.inkSoft
                        }

                        DeskText {
                            topPadding: 8
                            visible: root.numbers.byDinas.length > 0
                            text: root.numbers.byDinasTitle
                            strong: true
                        }

                        Bars {
                            id: byDinas

                            visible: bars.length > 0
                            width: parent.width
                            labelWidth: 300
                            bars: root.numbers.byDinas
                        }

                        RecapBlock {
                            topPadding: 8
                            width: parent.width
                            block: ({
                                    "title": root.numbers.renewalsTitle,
                                    "lead": "",
                                    "lines": root.numbers.renewals.map(one => ({
                                                "label": one.label,
                                                "value": one.value,
                                                "strong": false,
                                                "bad": false
                                            }))
                                })
                        }
                    }
                }

                DeskText {
                    width: parent.width
                    text: root.numbers.notes
                    color: Theme.inkSoft
                    font.pixelSize: 15
                }
            }
        }

        FocusRing {
            visible: scroll.activeFocus
            anchors.margins: 3
            border.width: 3
            radius: 12
        }
    }
}
