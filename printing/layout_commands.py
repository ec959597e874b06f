"""`main.py layout`: tries layouts of the slip, shows them, and puts them to use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from kiosk.clock import Clock
from kiosk.data import install_layouts, load_data, read_text
from kiosk.domain.failures import KioskFailure
from kiosk.domain.slip_layouts import SlipLayouts, parse_slip_layouts
from kiosk.facts import OfficeFacts
from kiosk.languages import load_languages
from kiosk.settings import Settings
from printing.layout_check import Fault, Trial
from printing.papers import PAPERS, paper_of
from printing.samples import TEST_SLIP


class LayoutDeed(StrEnum):
    """What can be done with a file of layouts."""

    CHECK = "check"
    PREVIEW = "preview"
    USE = "use"


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    layouts: SlipLayouts
    trial: Trial
    settings: Settings
    out: Path
    tell: TextIO


def run(
    deed: LayoutDeed,
    file: Path,
    out: Path,
    *,
    settings: Settings,
    resources: Path,
    clock: Clock,
    tell: TextIO,
) -> int:
    """Do it, telling in lines of text; `out` is where a preview goes.

    Returns 0 when the layouts are good, else 1. Raises KioskFailure for a file that is no layout.
    """
    text = read_text(file)
    layouts = parse_slip_layouts(text, file.name)
    data = load_data(resources, settings.data_folder)
    texts = load_languages(resources / "texts").texts
    trial = Trial(settings, texts, data.benefits, OfficeFacts(data, settings, clock))
    return _DEEDS[deed](_Asked(text, layouts, trial, settings, out, tell))


def _check(asked: _Asked) -> int:
    faults = asked.trial.check(asked.layouts)
    _tell(asked.tell, faults)
    return 1 if faults else 0


def _use(asked: _Asked) -> int:
    if _check(asked):
        return 1
    install_layouts(asked.text, asked.settings.data_folder)
    asked.tell.write("in use from the next start of the kiosk and the desk\n")
    return 0


def _preview(asked: _Asked) -> int:
    """Write a test slip in every language for every paper; what fails is told."""
    asked.out.mkdir(parents=True, exist_ok=True)
    faults = []
    for language in asked.trial.texts:
        for paper in {**PAPERS, asked.settings.paper: paper_of(asked.settings)}.values():
            name = f"slip-{paper.name}-{language}.pdf"
            try:
                pdf = asked.trial.render(asked.layouts, language, TEST_SLIP, paper)
            except (KioskFailure, ValueError) as failed:
                faults.append(Fault(name, str(failed)))
                continue
            (asked.out / name).write_bytes(pdf)
            asked.tell.write(f"{asked.out / name}\n")
    _tell(asked.tell, faults)
    return 1 if faults else 0


def _tell(tell: TextIO, faults: Sequence[Fault]) -> None:
    for fault in faults:
        tell.write(f"{fault}\n")
    tell.write("this layout fails\n" if faults else "this layout is good\n")


_DEEDS: Mapping[LayoutDeed, Callable[[_Asked], int]] = {
    LayoutDeed.CHECK: _check,
    LayoutDeed.PREVIEW: _preview,
    LayoutDeed.USE: _use,
}
