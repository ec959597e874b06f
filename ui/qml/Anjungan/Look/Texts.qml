pragma Singleton
import QtQuick
import Anjungan.Models

// The sentences of the language shown; every use is a binding, so a new catalogue shows at once.
QtObject {
    property KioskModel kiosk: null
    readonly property var catalogue: kiosk === null ? ({}) : kiosk.texts

    function say(key: string, values: var): string {
        const sentence = catalogue[key];
        if (sentence === undefined) {
            console.error("no sentence for", key);
            return "";
        }
        return values === undefined
            ? sentence
            : sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
    }
}
