pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models
import Anjungan.Screens

Window {
    id: root

    required property KioskModel kiosk
    required property VisitModel visit
    required property ListenModel listen
    // The desk of the staff, while it is open.
    property QtObject desk: null
    readonly property list<string> steps: ["consent", "work", "job", "question", "nik", "name", "birthplace", "mother", "address", "kecamatan", "desa", "elsewhere", "phone", "email", "place", "second_work", "second_job", "income", "programme", "months", "review"]
    readonly property list<string> screens: ["idle", "menu"].concat(steps, ["locked", "stop", "done", "already", "benefits", "benefit", "pay", "renew", "reminder", "proof", "claim", "secret", "status", "tries", "unfinished", "call", "failsafe"])
    readonly property bool asking: steps.includes(visit.screen)
    // What the warning covers is deaf, to a keyboard too.
    readonly property bool warned: visit.secondsLeft > 0
    property int built: 1
    readonly property bool allBuilt: built === screens.length

    width: 1080
    height: 1920
    color: Theme.paper
    title: Texts.say("common.kiosk")

    Binding {
        target: Theme
        property: "portrait"
        value: root.height >= root.width
    }

    // Drawn upright or lying, and fitted into whatever screen there is.
    Item {
        id: sheet

        visible: root.desk === null
        width: Theme.sheetWidth
        height: Theme.sheetHeight
        anchors.centerIn: parent
        scale: Math.min(root.width / width, root.height / height)

        // A touch beside the keys also tells that somebody is there.
        MouseArea {
            anchors.fill: parent
            onPressed: root.kiosk.touchReady()
        }

        PlaceBar {
            visible: root.visit.screen !== "idle"
            x: Theme.margin
            y: Theme.pick(30, 14)
            office: root.kiosk.office
        }

        HelperBar {
            visible: root.visit.helper !== "" && !root.warned
            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            y: Theme.pick(26, 10)
            helper: root.visit.helper
            onHandedBack: root.visit.handBack()
        }

        StepFrame {
            id: frame

            anchors.fill: parent
            visible: root.asking
            enabled: !root.warned
            visit: root.visit
        }

        Repeater {
            model: root.screens

            Loader {
                required property string modelData
                required property int index
                readonly property bool shown: root.visit.screen === modelData
                readonly property bool needed: index < root.built || shown

                objectName: modelData
                anchors.fill: parent
                visible: shown
                enabled: !root.warned
                onNeededChanged: build()
                Component.onCompleted: build()

                function build(): void {
                    if (!needed || status !== Loader.Null)
                        return;
                    const file = modelData.split("_").map(word => word[0].toUpperCase() + word.slice(1)).join("") + "Screen.qml";
                    const given = {
                        "kiosk": root.kiosk,
                        "visit": root.visit
                    };
                    if (root.steps.includes(modelData)) {
                        given.frame = frame;
                        given.step = modelData;
                    }
                    setSource("Anjungan/Screens/" + file, given);
                }
            }
        }

        SilenceWarning {
            objectName: "silenceWarning"
            anchors.fill: parent
            anchors.bottomMargin: Theme.pick(Theme.stripHeight, 0)
            visible: root.warned
            visit: root.visit
        }

        Strip {
            x: Theme.pick(0, framed ? 780 : 290)
            y: Theme.stripTop
            width: Theme.pick(Theme.sheetWidth, framed ? 566 : 690)
            framed: root.visit.screen === "idle" || root.warned
            height: Theme.stripHeight
            kiosk: root.kiosk
            listen: root.listen
            canLeave: !root.warned && !["idle", "locked", "failsafe"].includes(root.visit.screen)
            onLeaveTapped: root.visit.leave()
            onHelpTapped: root.visit.callStaff()
        }
    }

    // A long press in the corner opens the desk; a short one means what is below.
    Item {
        objectName: "corner"
        anchors.right: parent.right
        anchors.top: parent.top
        width: 130 * sheet.scale
        height: 110 * sheet.scale

        TapHandler {
            longPressThreshold: 1.5
            onLongPressed: root.kiosk.wantDesk()
        }
    }

    Loader {
        objectName: "desk"
        anchors.fill: parent
        readonly property QtObject desk: root.desk

        onDeskChanged: {
            if (desk === null)
                source = "";
            else
                setSource("Anjungan/Desk/DeskSheet.qml", {
                    "kiosk": root.kiosk,
                    "desk": desk
                });
        }
    }

    // One screen is built per turn of the event loop once the idle screen is painted, so that the
    // first touch never waits and every later screen only has to be shown.
    Timer {
        objectName: "buildAhead"
        interval: 1
        repeat: true
        running: !root.allBuilt
        onTriggered: root.built += 1
    }
}
