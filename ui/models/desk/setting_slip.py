"""The slip that would come of a setting, before it is kept."""

from kiosk.desk import office_settings
from kiosk.desk.office_settings import NotYours, Refused
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.failures import KioskFailure
from kiosk.settings import Settings
from ui.models.desk.host import DeskHost

Drawn = tuple[str, object, bytes]
"""A setting, the value it would get, and the slip that would come of it."""
NotDrawn = tuple[str, Refused | NotYours | NotAllowed | KioskFailure]


def draw_slip(host: DeskHost, desk: Desk, name: str, value: object) -> Drawn | NotDrawn:
    """Return the slip as it would be with this value; or why there is none."""
    # ReportLab is slow, and few come here.
    from printing.layout_check import Trial  # noqa: PLC0415
    from printing.slip_preview import picture_of_slip  # noqa: PLC0415

    services = host.services
    settings = office_settings.consider(desk, services.layers, name, value)
    if not isinstance(settings, Settings):
        return name, settings
    trial = Trial(settings, services.texts, services.data.benefits, host.facts)
    try:
        picture = picture_of_slip(trial, services.data.slip_layouts, host.texts.language)
    except KioskFailure as failed:
        return name, failed
    return name, value, picture
