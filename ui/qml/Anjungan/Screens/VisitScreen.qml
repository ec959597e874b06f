import QtQuick
import Anjungan.Models

Item {
    required property KioskModel kiosk
    required property VisitModel visit
}
