pragma ComponentBehavior: Bound
import QtQuick
import Anjungan.Look
import Anjungan.Models

// The centre and what it rejected; beside them the one of these that is chosen, or a token.
TwoPanes {
    id: root

    required property DeskModel desk
    readonly property CentreModel centre: desk.centre
    readonly property bool ofParked: centre.parked.title !== undefined
    readonly property bool ofToken: centre.token.asking

    share: 0.3
    beside: [
        CentrePane {
            visible: !root.ofParked && !root.ofToken
            anchors.fill: parent
            anchors.margins: 24
            centre: root.centre
        },
        ParkedPane {
            visible: root.ofParked && !root.ofToken
            anchors.fill: parent
            anchors.margins: 24
            centre: root.centre
        },
        Loader {
            anchors.fill: parent
            anchors.margins: 24
            active: root.ofToken

            sourceComponent: TokenPane {
                token: root.centre.token
                onCalledOff: root.centre.token.cancel()
                onSent: pin => root.centre.token.send(pin)
            }
        }
    ]

    PickLine {
        id: itself

        objectName: "centreItself"
        x: 2
        y: 10
        width: parent.width - 4
        title: Texts.say("desk.page.centre")
        note: root.centre.standing.word
        tag: ""
        tone: root.centre.standing.tone
        sign: root.centre.standing.icon
        chosen: !root.ofParked
        onTapped: root.centre.choose("centre")
    }

    PickList {
        objectName: "parkedRecords"
        anchors.topMargin: 10 + itself.height
        kind: "parked"
        lines: root.centre.lines
        chosen: root.centre.chosen
        onPicked: id => root.centre.choose(id)
    }
}
