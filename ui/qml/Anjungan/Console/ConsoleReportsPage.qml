pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Look
import Anjungan.Models

// The numbers of all kiosks: as charts, as tables, and as files for the Bupati.
Item {
    id: root

    required property ConsoleModel admin
    readonly property ConsoleReportsModel reports: admin.reports

    NumbersView {
        visible: !root.admin.filling
        anchors.fill: parent
        numbers: root.reports
        missed: root.reports.noAnswer
        instead: root.reports.view === "summary" ? null : table
        remark: root.reports.readAt === "" ? "" : Texts.say("console.report.read_at", {
            "at": root.reports.readAt
        }) + " " + root.reports.behind
        onAgain: root.reports.again()

        behind: [
            DeskKey {
                objectName: "chooseDays"
                icon: "calendar-blank"
                text: Texts.say("console.report.days")
                textSize: 17
                onTapped: root.reports.chooseDays()
            },
            DeskKey {
                objectName: "setTarget"
                visible: root.reports.maySetTargets
                icon: "pencil-simple"
                text: Texts.say("console.report.target")
                textSize: 17
                onTapped: root.reports.setTarget()
            }
        ]
        views: Repeater {
            model: root.reports.views

            ViewKey {
                required property string modelData

                objectName: "view_" + modelData
                label: Texts.say("report.sheet_" + modelData)
                count: ""
                chosen: root.reports.view === modelData
                onTapped: root.reports.look(modelData)
            }
        }
    }

    Component {
        id: table

        ReportTable {
            heads: root.reports.heads
            rows: root.reports.rows
        }
    }

    Loader {
        active: root.admin.filling
        anchors.horizontalCenter: parent.horizontalCenter
        y: 72
        width: 720
        height: Math.min(420, parent.height - y - 16)

        sourceComponent: FormPane {
            form: root.admin.form
        }
    }
}
