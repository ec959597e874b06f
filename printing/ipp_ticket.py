"""How a page is to be printed: said to every printer in the words that it knows."""

from dataclasses import dataclass

from printing.ipp import (
    Attributes,
    Resolution,
    Tag,
    Value,
    collection,
    integer,
    keyword,
    texts_of,
)
from printing.ipp_printing import SeenPrinter
from printing.papers import Paper
from printing.port import Rejected

PDF, PWG_RASTER, URF = "application/pdf", "image/pwg-raster", "image/urf"
_PER_INCH = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as a printer can take it, with what it has to be told of it."""

    ticket: Attributes
    document: bytes
    document_format: str


def reads_pages(printer: SeenPrinter) -> bool:
    """Whether a printer reads PDF or one of the kinds of dots that are made here."""
    formats = texts_of(printer.attributes, "document-format-supported")
    return not {PDF, PWG_RASTER, URF}.isdisjoint(formats)


def prepare(printer: SeenPrinter, paper: Paper, pdf: bytes) -> Prepared | Rejected:
    """Make of a page what the printer reads: PDF, else dots; Rejected where it reads neither."""
    formats = texts_of(printer.attributes, "document-format-supported")
    try:
        ticket = job_ticket(printer, paper, pdf)
        if PDF in formats:
            return Prepared(ticket, pdf, PDF)
        if PWG_RASTER in formats:
            return Prepared(ticket, _dots(printer.attributes, paper, pdf), PWG_RASTER)
        if URF in formats:
            return Prepared(ticket, _apples_dots(printer.attributes, paper, pdf), URF)
    except RuntimeError:  # PDFium's
        return Rejected("document-format-error")
    return Rejected("document-format-not-supported")


def _dots(printer: Attributes, paper: Paper, pdf: bytes) -> bytes:
    # ReportLab's and PDFium's weight is only carried where a printer needs it.
    from printing.pwg_raster import BLACK, GREY, encode_page  # noqa: PLC0415
    from printing.readback import rasterise  # noqa: PLC0415

    offered = printer.get("pwg-raster-document-resolution-supported", ())
    dpi = _best_dpi(offered, paper) or _best_dpi(offered, paper, any_grid=True) or paper.dpi
    kinds = texts_of(printer, "pwg-raster-document-type-supported")
    kind = BLACK if BLACK in kinds and GREY not in kinds else GREY
    return encode_page(rasterise(pdf, dpi), kind, dpi)


def _apples_dots(printer: Attributes, paper: Paper, pdf: bytes) -> bytes:
    from printing.pwg_raster import encode_urf  # noqa: PLC0415 (as above)
    from printing.readback import rasterise  # noqa: PLC0415

    # "RS300-600": the resolutions, among other abilities in one list.
    said = [one[2:].split("-") for one in texts_of(printer, "urf-supported") if one[:2] == "RS"]
    offered = tuple(
        Value(Tag.RESOLUTION, Resolution(int(dpi), int(dpi)))
        for dpis in said
        for dpi in dpis
        if dpi.isdecimal()
    )
    dpi = _best_dpi(offered, paper) or _best_dpi(offered, paper, any_grid=True) or paper.dpi
    return encode_urf(rasterise(pdf, dpi), dpi)


def job_ticket(printer: SeenPrinter, paper: Paper, pdf: bytes) -> Attributes:
    """Return a job's attributes: this paper, these dots, nothing scaled, once, on one side.

    What the printer does not know is left out, because some refuse the whole job for it. CUPS
    passes on what it does not know itself, but no collections.
    """
    said = printer.attributes
    ticket: dict[str, tuple[Value, ...]] = {}
    if "copies-supported" in said:
        ticket["copies"] = integer(1)
    for name, wanted in (
        ("sides", "one-sided"),
        ("print-scaling", "none"),
        ("job-sheets", "none"),
    ):
        if wanted in texts_of(said, f"{name}-supported"):
            ticket[name] = keyword(wanted)
    offered = said.get("printer-resolution-supported", ())
    dpi = _best_dpi(offered, paper)
    if printer.is_cups and not offered:
        dpi = paper.printer_dpi
    if dpi is not None:
        ticket["printer-resolution"] = (Value(Tag.RESOLUTION, Resolution(dpi, dpi)),)
    return ticket | _media(printer, paper, pdf)


def _best_dpi(offered: tuple[Value, ...], paper: Paper, *, any_grid: bool = False) -> int | None:
    """Return the resolution to print in: the one wanted, else one that keeps bars whole."""
    squares = [
        one.content.across
        for one in offered
        if isinstance(one.content, Resolution)
        and one.content.across == one.content.along > 0
        and one.content.unit == _PER_INCH
    ]
    if paper.printer_dpi in squares:
        return paper.printer_dpi
    fitting = squares if any_grid else [dpi for dpi in squares if dpi % paper.dpi == 0]
    return max(fitting, default=None)


def _media(printer: SeenPrinter, paper: Paper, pdf: bytes) -> dict[str, tuple[Value, ...]]:
    height_mm = paper.height_mm or _height_mm(pdf)
    named = f"{paper.width_mm}x{height_mm}mm"
    known = texts_of(printer.attributes, "media-supported")
    for name in known:
        if paper.height_mm is not None and name.startswith("iso_") and name.endswith(f"_{named}"):
            return {"media": keyword(name)}
    if printer.is_cups and paper.height_mm is not None:
        return {"media": keyword(f"iso_{paper.name.lower()}_{named}")}
    if not printer.is_cups and "media-size" in texts_of(printer.attributes, "media-col-supported"):
        size = {
            "x-dimension": integer(paper.width_mm * 100),
            "y-dimension": integer(height_mm * 100),
        }
        return {"media-col": collection({"media-size": collection(size)})}
    if printer.is_cups or any(name.startswith("custom_") for name in known):
        return {"media": keyword(f"custom_{named}_{named}")}
    return {}


def _height_mm(pdf: bytes) -> int:
    from printing.readback import media_height_mm  # noqa: PLC0415

    return media_height_mm(pdf)
