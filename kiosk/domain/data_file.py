"""What a data file that somebody loads must have beyond what the program needs to work with it."""

from collections.abc import Iterator

from kiosk.domain.located_json import Record, read_json

FORMAT = 1
"""A file that says nothing is of the first format."""
_TARIFF_PARTS = ("rates", "reliefs", "brackets")
_BENEFIT_PARTS = ("jkk", "jkm")


def kind_of(text: str, name: str) -> str:
    """Return which data file a text is, "tariff.json" or "benefits.json".

    Raises DataFailure for neither, for what is no JSON, and for a format of a newer program.
    """
    root = read_json(text, name)
    names = root.names()
    written_for = root.whole("format") if "format" in names else FORMAT
    if written_for > FORMAT:
        raise root.refuse(f"written in format {written_for}, newer than this program's {FORMAT}")
    if "brackets" in names:
        return "tariff.json"
    if "jkk" in names and "jkm" in names:
        return "benefits.json"
    raise root.refuse("neither a tariff nor benefits")


def check_sources(text: str, name: str) -> None:
    """Raise DataFailure for a figure without a source, or with one that is not listed."""
    root = read_json(text, name)
    known = set(root.record("sources").names())
    for one in _with_figures(root):
        sources = one.texts("sources") if "sources" in one.names() else ()
        if not sources:
            raise one.refuse("a source is missing")
        for source in sources:
            if source not in known:
                raise one.refuse(f"the source {source} is not listed")


def _with_figures(root: Record) -> Iterator[Record]:
    """The objects whose figures count for people."""
    if "brackets" in root.names():
        for part in _TARIFF_PARTS:
            yield from root.records_if_any(part)
        return
    for part in _BENEFIT_PARTS:
        for name, one in root.named_records(part).items():
            if name != "background":
                yield one
    yield from (root.record(name) for name in ("scholarship", "jht"))
