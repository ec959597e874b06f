pragma Singleton
import QtQuick
import Anjungan.Models

// A new screen is deaf for a moment, so that a second tap cannot land on a key not yet seen.
QtObject {
    property KioskModel kiosk: null

    function ready(): bool {
        return kiosk !== null && kiosk.touchReady();
    }
}
