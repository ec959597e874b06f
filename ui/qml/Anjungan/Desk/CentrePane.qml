pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// How the way to the centre stands, what waits, and what can be done about it.
Item {
    id: root

    required property CentreModel centre

    DeskText {
        id: word

        objectName: "centreWord"
        x: 48
        width: parent.width - 48
        text: root.centre.standing.word
        strong: true
        font.pixelSize: 28
    }

    ToneSign {
        anchors.verticalCenter: word.verticalCenter
        name: root.centre.standing.icon
        tone: root.centre.standing.tone
    }

    DeskText {
        id: todo

        objectName: "centreTodo"
        y: word.height + 12
        width: Math.min(parent.width, 620)
        text: root.centre.standing.todo
        font.pixelSize: 20
        lineHeight: 1.2
    }

    Rectangle {
        id: rule

        y: todo.y + todo.height + 16
        width: parent.width
        height: 1
        color: Theme.line
    }

    RecordAlarm {
        id: alarm

        objectName: "copyAlarm"
        y: rule.y + 14
        text: root.centre.alarm
        tone: "brick"
        key: root.centre.mayReport ? "copyReported" : ""
        label: Texts.say("desk.centre.reported")
        onOpened: root.centre.copyReported()
    }

    Flickable {
        anchors.top: alarm.visible ? alarm.bottom : rule.bottom
        anchors.topMargin: 20
        anchors.bottom: keys.top
        anchors.bottomMargin: 12
        width: parent.width
        contentHeight: told.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height

        Column {
            id: told

            width: parent.width
            spacing: 22

            KnownFacts {
                width: parent.width
                facts: root.centre.facts
            }

            DeskText {
                objectName: "compared"
                visible: text !== ""
                width: Math.min(parent.width, 620)
                text: root.centre.comparing ? Texts.say("desk.centre.comparing") : root.centre.compared
                strong: true
                lineHeight: 1.2
            }

            DeskText {
                objectName: "loginTold"
                visible: text !== ""
                width: Math.min(parent.width, 620)
                text: root.centre.loginTold
                color: Theme.inkSoft
                lineHeight: 1.2
            }
        }
    }

    Flow {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width - (main.visible ? main.width + 14 : 0)
        spacing: 10

        DeskKey {
            objectName: "compareCentre"
            visible: root.centre.joined
            height: 54
            icon: "list-checks"
            text: Texts.say(root.centre.comparing ? "desk.centre.comparing_key" : "desk.centre.compare")
            textSize: 17
            onTapped: root.centre.compare()
        }

        DeskKey {
            objectName: "joinAgain"
            visible: root.centre.joined && root.centre.mayJoin
            height: 54
            icon: "plugs-connected"
            text: Texts.say("desk.centre.join_again")
            textSize: 17
            onTapped: root.centre.token.begin("join")
        }

        DeskKey {
            objectName: "loginCentre"
            visible: root.centre.login === "none"
            height: 54
            icon: "sign-in"
            text: Texts.say("desk.centre.login")
            textSize: 17
            onTapped: root.centre.token.begin("login")
        }
    }

    DeskMainKey {
        id: main

        objectName: root.centre.joined ? "sendNow" : "joinCentre"
        visible: root.centre.joined || root.centre.mayJoin
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 54
        icon: root.centre.joined ? "cloud-arrow-up" : "plugs-connected"
        text: Texts.say(root.centre.joined ? "desk.centre.send_now" : "desk.centre.join")
        onTapped: {
            if (root.centre.joined)
                root.centre.sendNow();
            else
                root.centre.token.begin("join");
        }
    }
}
