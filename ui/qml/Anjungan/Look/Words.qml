import QtQuick

Text {
    property bool strong: false

    color: Theme.ink
    font.family: Theme.family
    font.weight: strong ? Font.DemiBold : Font.Normal
    font.pixelSize: Theme.body
    lineHeight: strong ? 1.1 : 1.18
    wrapMode: Text.WordWrap
    textFormat: Text.PlainText
    renderType: Text.NativeRendering
}
