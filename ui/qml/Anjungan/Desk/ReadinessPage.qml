pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The readiness report: what wants a person before what is in order.
Item {
    id: root

    required property DeskModel desk
    readonly property ReadinessModel readiness: desk.readiness

    Pane {
        x: 24
        y: 12
        width: parent.width - 48
        height: parent.height - 28

        DeskText {
            id: title

            objectName: "readinessTitle"
            x: 24
            y: 18
            width: (root.width < 1000 ? parent.width : keys.x) - x - 20
            text: root.readiness.title
            strong: true
            font.pixelSize: 26
        }

        DeskText {
            id: made

            x: 24
            y: title.y + title.height + 4
            width: title.width
            text: root.readiness.looking ? Texts.say("desk.readiness.looking") : root.readiness.made
            color: Theme.inkSoft
            font.pixelSize: 16
        }

        Row {
            id: keys

            anchors.right: parent.right
            anchors.rightMargin: 24
            y: root.width < 1000 ? made.y + made.height + 12 : 18
            spacing: 10

            DeskKey {
                objectName: "lookReadiness"
                height: 54
                icon: "arrow-counter-clockwise"
                text: Texts.say("desk.readiness.again")
                textSize: 17
                onTapped: root.readiness.again()
            }

            DeskKey {
                objectName: "saveReadiness"
                height: 54
                icon: "download-simple"
                text: Texts.say("desk.readiness.save")
                textSize: 17
                onTapped: root.readiness.save()
            }

            DeskMainKey {
                objectName: "printReadiness"
                height: 54
                ready: !root.readiness.looking && root.readiness.lines.length > 0
                icon: "printer"
                text: Texts.say("desk.readiness.print")
                onTapped: root.readiness.print()
            }
        }

        Rectangle {
            id: rule

            x: 24
            y: Math.max(keys.y + keys.height, made.y + made.height) + 14
            width: parent.width - 48
            height: 1
            color: Theme.line
        }

        ListView {
            id: list

            objectName: "readinessLines"
            x: 24
            y: rule.y + 1
            width: parent.width - 48
            height: parent.height - y - 12
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            activeFocusOnTab: contentHeight > height
            keyNavigationEnabled: false
            model: root.readiness.lines
            Keys.onDownPressed: contentY = Math.max(0, Math.min(contentY + 120, contentHeight - height))
            Keys.onUpPressed: contentY = Math.max(0, contentY - 120)

            delegate: Item {
                id: line

                required property var modelData

                objectName: "readiness_" + modelData.topic
                width: list.width
                height: Math.max(words.height + 24, lead.visible ? lead.height + 20 : 0)

                ToneSign {
                    y: 14
                    name: line.modelData.icon
                    tone: line.modelData.tone
                }

                Column {
                    id: words

                    x: 52
                    y: 12
                    width: (lead.visible ? lead.x - 16 : parent.width) - x
                    spacing: 4

                    DeskText {
                        width: parent.width
                        text: line.modelData.todo === "" ? line.modelData.title : line.modelData.tag + ": " + line.modelData.title
                        strong: true
                        font.pixelSize: 18
                    }

                    DeskText {
                        width: parent.width
                        text: line.modelData.said
                        color: Theme.inkSoft
                        font.pixelSize: 17
                    }

                    DeskText {
                        visible: text !== ""
                        width: parent.width
                        text: line.modelData.todo
                        font.pixelSize: 17
                    }
                }

                DeskKey {
                    id: lead

                    objectName: "go_" + line.modelData.page
                    visible: line.modelData.page !== ""
                    anchors.right: parent.right
                    anchors.rightMargin: 6
                    anchors.verticalCenter: parent.verticalCenter
                    height: 46
                    icon: "arrow-right"
                    iconAfter: true
                    text: line.modelData.label
                    textSize: 17
                    onTapped: root.desk.go(line.modelData.page)
                }

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 1
                    color: Theme.line
                }
            }
        }

        FocusRing {
            visible: list.activeFocus
            anchors.fill: list
            anchors.margins: -4
            border.width: 3
            radius: 10
        }
    }
}
