"""Which printer this kiosk's pages go to, by its settings."""

from kiosk.domain.failures import DataFailure
from kiosk.settings import Settings
from printing.file_printer import FilePrinter
from printing.port import Printer


def printer_of(settings: Settings) -> Printer:
    """Return the printer of the setting `printer`; raises DataFailure for one that is none."""
    if not settings.printer:
        return FilePrinter(settings.slips_folder)
    raise DataFailure("kiosk.toml", 0, "printer names no kind of printer that is known")
