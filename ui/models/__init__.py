"""All that QML can name: importing this package registers the models of the residents' screens.

Those of the desk register when it is first opened (ui/models/desk).
"""

from ui.models.kiosk_model import KioskModel
from ui.models.listen_model import ListenModel
from ui.models.unlock_model import UnlockModel
from ui.models.visit_model import VisitModel

__all__ = ["KioskModel", "ListenModel", "UnlockModel", "VisitModel"]
