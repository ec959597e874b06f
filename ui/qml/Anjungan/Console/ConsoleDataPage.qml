pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Desk
import Anjungan.Models

// The tariff, the groups of jobs, the branch's columns and the sentences: edits of the one draft.
Item {
    id: root

    required property ConsoleModel admin
    readonly property ConsoleDataModel parts: admin.data

    visible: parts.ready

    Row {
        x: 24
        y: 12
        spacing: 8

        Repeater {
            model: root.parts.parts

            ViewKey {
                required property var modelData

                objectName: "part_" + modelData.id
                implicitHeight: 48
                label: modelData.label
                count: ""
                chosen: root.parts.part === modelData.id
                onTapped: root.parts.openPart(modelData.id)
            }
        }
    }

    DeskMainKey {
        objectName: "openDraft"
        visible: root.parts.toDraft !== ""
        anchors.right: parent.right
        anchors.rightMargin: 24
        y: 12
        height: 48
        icon: "upload-simple"
        text: root.parts.toDraft
        onTapped: root.parts.openDraft()
    }

    Loader {
        y: 56
        width: parent.width
        height: parent.height - y
        sourceComponent: root.parts.part === "files" ? files : root.parts.part === "segments" ? segments : root.parts.part === "columns" ? columns : sentences
    }

    Component {
        id: files

        DataPane {
            tariff: root.parts.tariff
            more: CarriedList {
                anchors.fill: parent
                carried: root.parts.carried
                drafted: root.parts.toDraft !== ""
            }
        }
    }

    Component {
        id: segments

        SegmentsPart {
            segments: root.parts.segments
            filling: root.admin.filling
            form: root.admin.form
        }
    }

    Component {
        id: columns

        ColumnsPart {
            columns: root.parts.columns
            filling: root.admin.filling
            form: root.admin.form
        }
    }

    Component {
        id: sentences

        SentencesPart {
            sentences: root.parts.sentences
            filling: root.admin.filling
            form: root.admin.form
        }
    }
}
