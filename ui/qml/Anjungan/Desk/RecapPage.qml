pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// What was done on a day, and which numbers were used; the paper of it for the folder.
Item {
    id: root

    required property DeskModel desk
    readonly property RecapModel recap: desk.recap
    readonly property bool wide: width >= 1200
    // Upright there is room for two columns, and the four follow one another in pairs.
    readonly property list<var> columns: wide ? recap.columns : join(recap.columns)

    function join(four: list<var>): list<var> {
        return four.length === 4 ? [four[0].concat(four[2]), four[1].concat(four[3])] : four;
    }

    Row {
        id: days

        x: 24
        y: 12
        spacing: 10

        DeskKey {
            objectName: "dayBefore"
            icon: "arrow-left"
            text: root.wide ? Texts.say("desk.recap.before") : ""
            Accessible.name: Texts.say("desk.recap.before")
            textSize: 17
            onTapped: root.recap.step(-1)
        }

        TextBox {
            id: day

            objectName: "recapDay"
            width: 170
            height: 46
            label: Texts.say("desk.recap.day")
            placeholder: Texts.say("desk.form.date_like")
            text: root.recap.digits
            wrong: root.recap.wrong !== ""
            input.maximumLength: 10
            input.inputMethodHints: Qt.ImhNoPredictiveText
            input.onAccepted: root.recap.choose(input.text)

            Connections {
                target: root.recap

                function onChanged(): void {
                    if (root.recap.wrong === "")
                        day.text = root.recap.digits;
                }
            }
        }

        DeskKey {
            objectName: "dayAfter"
            visible: !root.recap.isToday
            icon: "arrow-right"
            iconAfter: true
            text: root.wide ? Texts.say("desk.recap.after") : ""
            Accessible.name: Texts.say("desk.recap.after")
            textSize: 17
            onTapped: root.recap.step(1)
        }

        DeskKey {
            objectName: "dayToday"
            visible: !root.recap.isToday
            text: Texts.say("desk.recap.today")
            textSize: 17
            onTapped: root.recap.today()
        }
    }

    DeskText {
        anchors.left: days.right
        anchors.leftMargin: 20
        anchors.verticalCenter: days.verticalCenter
        anchors.right: numbersKey.visible ? numbersKey.left : printKey.left
        anchors.rightMargin: 16
        visible: text !== ""
        text: root.recap.wrong
        strong: true
        color: Theme.brick
    }

    DeskKey {
        id: numbersKey

        objectName: "page_numbers"
        visible: root.desk.allowed.includes("see_numbers")
        anchors.right: printKey.left
        anchors.rightMargin: 14
        y: 12
        icon: "list-checks"
        text: Texts.say("desk.page.numbers")
        textSize: 17
        onTapped: root.desk.go("numbers")
    }

    DeskMainKey {
        id: printKey

        objectName: "printRecap"
        anchors.right: parent.right
        anchors.rightMargin: 24
        y: 10
        ready: !root.recap.working
        icon: "printer"
        text: Texts.say("desk.recap.print")
        onTapped: root.recap.print()
    }

    Pane {
        x: 24
        y: days.y + days.height + 12
        width: parent.width - 48
        height: parent.height - y - 16

        DeskText {
            id: title

            objectName: "recapTitle"
            x: 24
            y: 16
            text: root.recap.dayText
            strong: true
            font.pixelSize: 26
            wrapMode: Text.NoWrap
        }

        DeskText {
            anchors.right: parent.right
            anchors.rightMargin: 24
            anchors.left: title.right
            anchors.leftMargin: 20
            anchors.baseline: title.baseline
            text: root.recap.empty ? Texts.say("desk_recap.empty") : root.recap.made
            strong: root.recap.empty
            color: Theme.inkSoft
            font.pixelSize: 16
            horizontalAlignment: Text.AlignRight
        }

        Rectangle {
            id: rule

            x: 24
            y: title.y + title.height + 12
            width: parent.width - 48
            height: 1
            color: Theme.line
        }

        Column {
            visible: root.recap.working
            anchors.centerIn: parent
            width: parent.width - 80
            spacing: 12

            Icon {
                name: "hourglass-medium"
                size: 48
                anchors.horizontalCenter: parent.horizontalCenter
            }

            DeskText {
                objectName: "recapWorking"
                width: parent.width
                text: Texts.say("desk.recap.working")
                strong: true
                horizontalAlignment: Text.AlignHCenter
            }

            DeskText {
                width: parent.width
                text: Texts.say("desk.recap.wait")
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }
        }

        Flickable {
            id: scroll

            x: 24
            y: rule.y + 14
            width: parent.width - 48
            height: parent.height - y - 14
            contentHeight: figures.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            activeFocusOnTab: contentHeight > height
            Keys.onDownPressed: contentY = Math.min(contentY + 60, Math.max(0, contentHeight - height))
            Keys.onUpPressed: contentY = Math.max(0, contentY - 60)

            Row {
                id: figures

                readonly property int gap: root.wide ? 36 : 40
                readonly property list<real> shares: root.wide ? [0.22, 0.25, 0.25, 0.28] : [0.5, 0.5]

                width: scroll.width
                spacing: gap

                Repeater {
                    id: columns

                    model: root.columns

                    Column {
                        id: column

                        required property var modelData
                        required property int index

                        width: Math.floor((figures.width - figures.gap * (columns.count - 1)) * figures.shares[index])
                        spacing: 24

                        Repeater {
                            model: column.modelData

                            RecapBlock {
                                required property var modelData

                                width: column.width
                                block: modelData
                            }
                        }
                    }
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
