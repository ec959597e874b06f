import QtQuick

Window {
    readonly property bool touched: field.activeFocus

    width: 1080
    height: 1920

    TextInput {
        id: field

        anchors.centerIn: parent
        width: 600
        height: 80
        font.pixelSize: 40
    }
}
