"""Which printer this kiosk's pages go to, by its settings, and which printers there are."""

from typing import TextIO

from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.domain.failures import DataFailure
from kiosk.settings import Settings
from printing.file_printer import FilePrinter
from printing.papers import paper_of
from printing.port import Abilities, Printer, Status

# What each kind of printer needs is imported where it is needed: a kiosk has one of them.
# ruff: noqa: PLC0415


def printer_of(settings: Settings) -> Printer:
    """Return the printer of the setting `printer`.

    "ipp://..." or "ipps://..." is asked itself, "escpos://..." and "escpos-usb://..." speak
    ESC/POS, any other word is a queue of CUPS, and without one pages are left as files. Raises
    DataFailure for an address that is none.
    """
    if not settings.printer:
        return FilePrinter(settings.slips_folder)
    escpos = parse_escpos_address(settings.printer)
    if escpos is not None:
        from printing.escpos_head import check_printer
        from printing.escpos_printer import EscposPrinter

        check_printer(settings)
        return EscposPrinter(escpos)
    try:
        return _over_ipp(settings)
    except ValueError as wrong:
        raise DataFailure("printer", 0, str(wrong)) from None


def _over_ipp(settings: Settings) -> Printer:
    if "://" not in settings.printer:
        from printing.cups_printer import CupsPrinter

        return CupsPrinter(settings.printer, paper_of(settings))
    from printing.ipp_client import parse_address
    from printing.ipp_printer import IppPrinter

    return IppPrinter(parse_address(settings.printer), paper_of(settings))


def list_printers(out: TextIO) -> int:
    """Write what printers were found, what they can report and what to put into kiosk.toml.

    Returns 0 if there is one that a kiosk can print on.
    """
    from printing.discovery import FoundPrinter, found_printers

    findings = found_printers()
    for finding in findings:
        if isinstance(finding, FoundPrinter):
            print(f"{finding.name} ({finding.source})", file=out)
            for line in _told(finding.address, finding.device, finding.abilities, finding.status):
                print(f"    {line}", file=out)
        else:
            print(f"not looked at: {finding.source}: {finding.why}", file=out)
    usable = [one for one in findings if isinstance(one, FoundPrinter) and one.address]
    if not usable:
        print("No printer was found that a kiosk can print on: see docs/printing.md.", file=out)
    return 0 if usable else 1


def _told(address: str, device: str, abilities: Abilities, status: Status | None) -> list[str]:
    reports = {
        "paper": abilities.reports_paper,
        "each page": abilities.reports_jobs,
    }
    told = ", ".join(name for name, does in reports.items() if does)
    lines = [
        f'printer = "{address}"' if address else f"needs a queue of CUPS first: {device}",
        f"model {abilities.model or 'not told'}, paper {abilities.media or 'not told'}",
        f"reports {told}" if told else "reports nothing: the resident is asked about each slip",
    ]
    if status is not None:
        lines.append("ready" if status.hold is None else f"waits: {status.hold}")
    return lines
