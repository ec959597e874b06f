pragma Singleton
import QtQuick
import Anjungan.Models

// Colours, type, sizes and bands of the counter screen, upright or lying, in three text sizes.
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

    // Set by the window from its own shape.
    property bool portrait: true
    // 0 normal, 1 large, 2 largest.
    readonly property int textStep: kiosk === null ? 0 : kiosk.textStep
    readonly property bool largest: textStep === 2

    function pick(inPortrait: real, inLandscape: real): real {
        return portrait ? inPortrait : inLandscape;
    }

    function sized(inPortrait: list<int>, inLandscape: list<int>): int {
        return (portrait ? inPortrait : inLandscape)[textStep];
    }

    readonly property string family: "Lexend"
    readonly property int display: sized([92, 94, 94], [62, 66, 68])
    readonly property int h1: sized([60, 66, 70], [38, 42, 46])
    readonly property int h2: sized([44, 48, 53], [30, 33, 36])
    readonly property int h3: sized([36, 43, 50], [25, 30, 35])
    readonly property int navText: sized([36, 43, 43], [25, 30, 30])
    readonly property int body: sized([33, 40, 46], [23, 28, 32])
    readonly property int small: sized([28, 34, 39], [22, 26, 31])
    readonly property int strip: pick(26, 22)
    readonly property int nikDigit: pick(56, 38)
    readonly property int padDigit: pick(62, 40)
    readonly property int total: sized([80, 88, 96], [50, 55, 60])
    readonly property int number: pick(100, 64)

    readonly property int sheetWidth: pick(1080, 1366)
    readonly property int sheetHeight: pick(1920, 768)
    readonly property int margin: pick(56, 40)
    readonly property int width: sheetWidth - 2 * margin
    readonly property int gap: pick(20, 14)
    readonly property int pad: pick(32, 20)
    readonly property int radius: pick(22, 16)
    readonly property int keyRadius: pick(18, 14)
    readonly property int tileEdge: 2
    readonly property int keyEdge: pick(3, 2)
    readonly property int fieldEdge: pick(5, 4)
    readonly property int chosenEdge: pick(7, 5)
    readonly property int ledgeHeight: pick(7, 5)
    readonly property int mainLedge: pick(10, 7)
    readonly property int heroLedge: pick(14, 8)
    readonly property int iconSize: sized([42, 48, 54], [30, 34, 40])

    // The bands of a screen: place and progress, question, work, keys, the two keys, the strip.
    readonly property int headTop: pick(246, 88)
    readonly property int plainTop: pick(156, 88)
    readonly property int workBottom: pick(1612, 654)
    readonly property int navTop: pick(1640, 672)
    readonly property int navHeight: pick(128, 82)
    readonly property int backWidth: pick(300, 220)
    readonly property int nextWidth: pick(600, 330)
    readonly property int stripTop: pick(1796, 664)
    readonly property int stripHeight: pick(124, 104)
    readonly property int optionHeight: pick(112, 84)

    // The number pad and the letter board stand at the same place on every screen.
    readonly property int padX: pick(56, 870)
    readonly property int padTop: pick(1046, 88)
    readonly property int padWidth: pick(968, 456)
    readonly property int boardTop: pick(1034, 330)

    readonly property url pictures: Qt.resolvedUrl("../../../../resources/pictures/")

    readonly property var pictureOf: ({
            "accident": "jkk",
            "death": "jkm",
            "school": "beasiswa",
            "old_age": "jht"
        })

    // Where a drawing would be lost, in high contrast, this icon stands for it.
    readonly property var signOf: ({
            "tani": "grains",
            "ternak": "cow",
            "nelayan": "fish",
            "dagang": "storefront",
            "umkm": "cooking-pot",
            "transport": "moped",
            "konstruksi": "hard-hat",
            "jasa": "wrench",
            "harian": "package",
            "keagamaan": "mosque",
            "kader": "house-line",
            "kreatif": "guitar",
            "lain": "dots-three-circle",
            "jkk": "first-aid-kit",
            "jkm": "users-three",
            "beasiswa": "graduation-cap",
            "jht": "coins",
            "warga": "users-three"
        })
}
