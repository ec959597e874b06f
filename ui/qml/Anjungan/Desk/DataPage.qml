import QtQuick
import Anjungan.Models

// The tariff and benefits of this kiosk.
DataPane {
    required property DeskModel desk

    tariff: desk.tariffs
}
