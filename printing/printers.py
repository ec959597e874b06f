"""Which printer this kiosk's pages go to, by its settings."""

from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.domain.failures import DataFailure
from kiosk.settings import Settings
from printing.file_printer import FilePrinter
from printing.papers import paper_of
from printing.port import Printer


def printer_of(settings: Settings) -> Printer:
    """Return the printer of the setting `printer`.

    "ipp://..." or "ipps://..." is asked itself, "escpos://..." and "escpos-usb://..." speak
    ESC/POS, and without one pages are left as files. Raises DataFailure for an address that is
    none.
    """
    escpos = parse_escpos_address(settings.printer)
    if not settings.printer:
        return FilePrinter(settings.slips_folder)
    if escpos is not None:
        from printing.escpos_printer import EscposPrinter  # noqa: PLC0415 (each brings libraries)

        return EscposPrinter(escpos)
    from printing.ipp_client import parse_address  # noqa: PLC0415 (as above)
    from printing.ipp_printer import IppPrinter  # noqa: PLC0415 (as above)

    try:
        return IppPrinter(parse_address(settings.printer), paper_of(settings))
    except ValueError as wrong:
        raise DataFailure("printer", 0, str(wrong)) from None
