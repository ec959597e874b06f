pragma Singleton
import QtQuick
import Anjungan.Models

// Colours, type and sizes of the portrait counter screen; nothing else in QML names any of them.
QtObject {
    property KioskModel kiosk: null
    readonly property bool contrast: kiosk !== null && kiosk.contrast

    readonly property color paper: contrast ? "#000000" : "#FBF7EF"
    readonly property color card: contrast ? "#000000" : "#FFFFFF"
    readonly property color sand: contrast ? "#000000" : "#F1EADB"
    readonly property color ink: contrast ? "#FFFFFF" : "#10292C"
    readonly property color inkSoft: contrast ? "#FFFFFF" : "#38494B"
    readonly property color sea: contrast ? "#FFFFFF" : "#0B4A50"
    readonly property color overSea: contrast ? "#000000" : "#FFFFFF"
    readonly property color seaDeep: contrast ? "#000000" : "#07363B"
    readonly property color overSeaDeep: "#FFFFFF"
    readonly property color overSeaDeepSoft: contrast ? "#FFFFFF" : "#DCECE9"
    readonly property color seaTint: contrast ? "#000000" : "#DCECE9"
    readonly property color kunyit: contrast ? "#FFD500" : "#FFB92E"
    readonly property color kunyitPressed: contrast ? "#FFFFFF" : "#EFA516"
    readonly property color kunyitEdge: contrast ? "#FFFFFF" : "#7A4B00"
    readonly property color overKunyit: contrast ? "#000000" : "#10292C"
    readonly property color brick: contrast ? "#FFA79B" : "#8F2114"
    readonly property color overBrick: contrast ? "#000000" : "#FFFFFF"
    readonly property color brickTint: contrast ? "#000000" : "#FCE8E2"
    readonly property color leaf: contrast ? "#86EFAC" : "#14532D"
    readonly property color leafTint: contrast ? "#000000" : "#E0F1E4"
    readonly property color amber: contrast ? "#FFD500" : "#5C3800"
    readonly property color amberTint: contrast ? "#000000" : "#FFF1D0"
    readonly property color control: contrast ? "#FFFFFF" : "#8B8472"
    readonly property color quietEdge: contrast ? "#FFFFFF" : "#5C7475"
    readonly property color line: contrast ? "#FFFFFF" : "#DDD5C5"
    readonly property color ledge: contrast ? "#FFFFFF" : "#B9B09C"
    readonly property color notReady: contrast ? "#000000" : "#E9E3D6"
    readonly property color quietFill: contrast ? "#000000" : "#DDD5C5"
    readonly property color leafFill: contrast ? "#000000" : "#9BD4AE"
    readonly property color iconFill: contrast ? "#000000" : "#FFC65C"

    readonly property string family: "Lexend"
    readonly property int display: 92
    readonly property int h1: 60
    readonly property int h2: 44
    readonly property int h3: 36
    readonly property int body: 33
    readonly property int small: 28
    readonly property int strip: 26
    readonly property int nikDigit: 56
    readonly property int padDigit: 62
    readonly property int total: 80
    readonly property int number: 100

    readonly property int margin: 56
    readonly property int width: 968
    readonly property int gap: 16
    readonly property int radius: 22
    readonly property int keyRadius: 18
    readonly property int tileEdge: 2
    readonly property int keyEdge: 3
    readonly property int fieldEdge: 5
    readonly property int chosenEdge: 7
    readonly property int ledgeHeight: 7
    readonly property int mainLedge: 10
    readonly property int heroLedge: 14

    readonly property int headTop: 246
    readonly property int keysBottom: 1612
    readonly property int navTop: 1640
    readonly property int navHeight: 128
    readonly property int stripTop: 1796
    readonly property int stripHeight: 124

    readonly property url pictures: Qt.resolvedUrl("../../../../resources/pictures/")
}
