"""The only reader of the data files: tariff, benefits, segments, payment, hand-over, regions and
the slip's layouts.

All but the regions can be replaced without a release; each good one is kept as a copy, which stands
in for a replacement that is broken. An office's own layouts take the place of the shipped ones, and
a tariff or benefits that were loaded or sent do so from their date on (kiosk/installed.py).
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from kiosk.clock import SystemClock, local_date
from kiosk.domain import regions
from kiosk.domain.benefits import Benefits, parse_benefits
from kiosk.domain.configuration import day_in, file_of
from kiosk.domain.failures import DataFailure
from kiosk.domain.handover import Columns, parse_columns
from kiosk.domain.payment import Payment, parse_payment
from kiosk.domain.regions import Regions, parse_regions
from kiosk.domain.slip_layouts import SlipLayouts, parse_slip_layouts
from kiosk.domain.tariff import Tariff
from kiosk.domain.tariff_file import parse_tariff
from kiosk.domain.work import Work, parse_work
from kiosk.installed import INSTALLED, LOADABLE, Chosen, best
from kiosk.settings import Settings

SLIP_LAYOUTS_FILE = "slip_layouts.json"
_PARSERS: Mapping[str, Callable[[str, str], Any]] = MappingProxyType(
    {
        "tariff.json": parse_tariff,
        "benefits.json": parse_benefits,
        "segments.json": parse_work,
        "payment_channels.json": parse_payment,
        "handover_columns.json": parse_columns,
        SLIP_LAYOUTS_FILE: parse_slip_layouts,
    }
)
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "tariff.json": "tariff",
        "benefits.json": "benefits",
        "segments.json": "work",
        "payment_channels.json": "payment",
        "handover_columns.json": "handover",
        SLIP_LAYOUTS_FILE: "slip_layouts",
    }
)

T = TypeVar("T")
Dated = TypeVar("Dated", Tariff, Benefits)


@dataclass(frozen=True)
class Data:
    """All data in force, and what was refused on the way.

    `problems` are for the staff, each naming file and line; the kiosk works in spite of them.
    """

    tariff: Tariff
    benefits: Benefits
    work: Work
    payment: Payment
    handover: Columns
    slip_layouts: SlipLayouts
    problems: tuple[DataFailure, ...]
    regions_folder: Path
    chosen: Chosen = field(default_factory=lambda: Chosen(Path()))
    """Which versions that were loaded are in force."""

    @cached_property
    def regions(self) -> Regions:
        """The regions, read when first asked for; raises DataFailure."""
        folder = self.regions_folder
        return parse_regions(
            provinces_and_kabupaten=read_text(folder / regions.PROVINCES_FILE),
            kecamatan_history=read_text(folder / regions.KECAMATAN_FILE),
            legacy=read_text(folder / regions.LEGACY_FILE),
            serang=read_text(folder / regions.SERANG_FILE),
        )


def load_data(resources: Path, kept: Path, today: date | None = None) -> Data:
    """Read the files of `resources`/data; `kept` holds the last good copy of each.

    Layouts that install_layouts() put into `kept` go before the shipped ones, and so do versions
    that were loaded, once they are in force by `today` (None: the machine's day). A broken file,
    regions apart, is refused, its kept copy used instead and the problem reported in the result.
    Raises DataFailure when there is no good copy.
    """
    folder = resources / "data"
    problems: list[DataFailure] = []
    day = today or local_date(SystemClock().now())
    shipped: dict[str, date] = {}
    in_force: dict[str, date | Path | None] = {}

    def load(file: str, parse: Callable[[str, str], T], source: Path = folder) -> T:
        try:
            text = read_text(source / file)
            value = parse(text, file)
        except DataFailure as refused:
            problems.append(refused)
            return _last_good(kept / file, parse, refused)
        problems.extend(_keep(kept / file, text))
        return value

    def load_newest(file: str, parse: Callable[[str, str], Dated]) -> Dated:
        value = load(file, parse)
        shipped[file] = day_of(value)
        version = best(kept, file, day, shipped[file])
        in_force[file] = version.path if version else None
        if version is None:
            return value
        try:
            return parse(read_text(version.path), file)
        except DataFailure as refused:
            problems.append(refused)
            return value

    return Data(
        tariff=load_newest(LOADABLE[0], parse_tariff),
        benefits=load_newest(LOADABLE[1], parse_benefits),
        work=load("segments.json", parse_work),
        payment=load("payment_channels.json", parse_payment),
        handover=load("handover_columns.json", parse_columns),
        slip_layouts=load(SLIP_LAYOUTS_FILE, parse_slip_layouts, layouts_folder(resources, kept)),
        problems=tuple(problems),
        regions_folder=folder / "regions",
        chosen=Chosen(kept, shipped, in_force, on=day),
    )


def replaced(data: Data, given: Mapping[str, str], *, own_layouts: bool) -> Data:
    """Return the data with whole files in place of shipped ones, by their names.

    Of the tariff and the benefits the newest counts that is in force on the day the data was read
    for, see docs/decisions/0064-dates-of-a-published-tariff.md. All are read; with `own_layouts`
    those that the office installed stay. Raises DataFailure for a file that is broken, and for one
    that is not of the day in its name.
    """
    parsed = {name: _PARSERS[file_of(name)](text, name) for name, text in given.items()}
    fields = {_FIELDS[name]: parsed[name] for name in given if file_of(name) not in LOADABLE}
    if own_layouts:
        fields.pop("slip_layouts", None)
    chosen = data.chosen
    for file in LOADABLE:
        by_day = _by_day(file, parsed)
        chosen = replace(chosen, sent={**chosen.sent, file: tuple(sorted(by_day))})
        in_force = chosen.best(file, chosen.on)
        if isinstance(in_force, date):
            fields[_FIELDS[file]] = by_day[in_force]
            chosen = replace(chosen, in_force={**chosen.in_force, file: in_force})
    return replace(data, chosen=chosen, **fields)


def _by_day(file: str, parsed: Mapping[str, Any]) -> dict[date, Any]:
    """Return the versions of a file by their days; one without a day in its name comes first."""
    found: dict[date, Any] = {}
    for name in sorted(parsed, key=lambda name: day_in(name) or date.min):
        if file_of(name) == file:
            day = day_of(parsed[name])
            if day_in(name) not in (None, day):
                raise DataFailure(name, 1, f"its version is {day}, not the day in its name")
            found[day] = parsed[name]
    return found


def day_of(value: Tariff | Benefits) -> date:
    """Return the day that a version is of, from which it is in force."""
    return date.fromisoformat(value.version[:10])


def layouts_folder(resources: Path, kept: Path) -> Path:
    """Return where the layouts in force lie: those of the office, else the shipped ones."""
    own = kept / INSTALLED
    return own if (own / SLIP_LAYOUTS_FILE).exists() else resources / "data"


def install_layouts(text: str, kept: Path) -> None:
    """Put layouts in place of those in force, from the next start on; raises DataFailure.

    That they come out on paper is checked before, see printing.layout_check.
    """
    parse_slip_layouts(text, SLIP_LAYOUTS_FILE)
    for problem in _keep(kept / INSTALLED / SLIP_LAYOUTS_FILE, text):
        raise problem


def read_text(path: Path) -> str:
    """Return what the file holds; raises DataFailure naming the line that is not UTF-8."""
    try:
        content = path.read_bytes()
    except OSError as failed:
        raise DataFailure(path.name, 0, f"cannot be read ({failed.strerror})") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
        raise DataFailure(path.name, line, "not UTF-8") from None


def _last_good(copy: Path, parse: Callable[[str, str], T], refused: DataFailure) -> T:
    try:
        return parse(read_text(copy), copy.name)
    except DataFailure:
        raise refused from None


def _keep(copy: Path, text: str) -> list[DataFailure]:
    """Write the copy so that a power cut leaves the old one or the new one, never a half."""
    content = text.encode()
    unfinished = copy.with_suffix(".new")
    try:
        if copy.exists() and copy.read_bytes() == content:
            return []
        copy.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(copy)
    except OSError as failed:
        return [DataFailure(copy.name, 0, f"no copy could be kept ({failed.strerror})")]
    return []


def check_place(settings: Settings, data: Data) -> None:
    """Read the regions and find the kiosk's own kecamatan in them; raises DataFailure."""
    if not any(one.code == settings.kecamatan_code for one in data.regions.kecamatan):
        raise DataFailure("kiosk.toml", 0, "kecamatan_code is none of the 29 of Kabupaten Serang")
