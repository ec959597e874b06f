import QtQuick
import QtQuick.Controls

ApplicationWindow {
    readonly property alias depth: stack.depth

    width: 1080
    height: 1920

    function clear(): void {
        stack.pop(null, StackView.Immediate);
    }

    StackView {
        id: stack

        anchors.fill: parent
        initialItem: empty
    }

    Component {
        id: empty

        Page {
            MouseArea {
                anchors.fill: parent
                onClicked: stack.push(empty, StackView.Immediate)
            }
        }
    }
}
