"""How a screen can be shown: on which panel, in which language, text size and colours."""

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from .stage import Stage


@dataclass(frozen=True)
class Panel:
    """A screen that kiosks are built with."""

    name: str
    width: int
    height: int
    pixels_per_mm: float
    gap_mm: float
    """At least so far are two targets apart."""

    def mm(self, pixels: float) -> float:
        """How long so many pixels are on the glass."""
        return pixels / self.pixels_per_mm


UPRIGHT = Panel("upright", 1080, 1920, pixels_per_mm=4.0, gap_mm=4.0)
"""What the screens were drawn for, 60 px are 15 mm and 16 px between targets: 22 inches."""
LYING = Panel("lying", 1366, 768, pixels_per_mm=3.96, gap_mm=3.0)
"""15.6 inches. Lying screens have less room between targets, never below 12 px."""
WIDE = Panel("wide", 1920, 1080, pixels_per_mm=4.03, gap_mm=3.0)
"""21.5 inches: the lying sheet, 1.4 times as large."""
LARGEST = 2


@dataclass(frozen=True)
class Mode:
    """What one resident can choose for their eyes, on one panel."""

    panel: Panel = UPRIGHT
    language: str = "id"
    size: int = 0
    contrast: bool = False

    def __str__(self) -> str:
        """In words, what is usual left out; also the end of the name of a picture."""
        parts = (
            self.panel.name if self.panel != UPRIGHT else "",
            self.language if self.language != "id" else "",
            ("", "large", "largest")[self.size],
            "contrast" if self.contrast else "",
        )
        return "".join(f"-{part}" for part in parts if part)


PLAIN = Mode()
SHAPES = tuple(
    Mode(panel, language, size)
    for panel, language, size in product((UPRIGHT, LYING), ("id", "en"), range(LARGEST + 1))
)
"""Every shape that a screen takes. High contrast changes none, which is tested, too."""
ENLARGED = tuple(Mode(WIDE, size=size) for size in (0, LARGEST))
"""The wide panel shows the lying sheet, only larger: two shapes of it prove that."""
COLOURED = tuple(
    Mode(panel, "id", size, contrast)
    for panel, contrast, size in product((UPRIGHT, LYING), (False, True), (0, LARGEST))
)
"""Where the colours are measured. A language changes no colour; the wide panel shows the lying one
larger; the middle size shows what the normal or the largest does."""


def walk_order() -> list[Mode]:
    """All of them, those that are alike together: every change takes the kiosk its time."""
    modes = {*SHAPES, *ENLARGED, *COLOURED}
    panels = (UPRIGHT, LYING, WIDE)
    return sorted(
        modes, key=lambda mode: (panels.index(mode.panel), mode.language, mode.contrast, mode.size)
    )


def show(stage: Stage, mode: Mode) -> None:
    """Show the screen as this; what is typed stays."""
    kiosk: Any = stage.app.kiosk
    window = stage.app.window
    if (window.width(), window.height()) != (mode.panel.width, mode.panel.height):
        window.resize(mode.panel.width, mode.panel.height)
        stage.visitor.settle()
    while kiosk.language != mode.language:
        kiosk.switchLanguage()
    while kiosk.textStep != mode.size:
        kiosk.nextTextSize()
    if kiosk.contrast != mode.contrast:
        kiosk.toggleContrast()
    stage.visitor.settle()


def twin(mode: Mode) -> Mode | None:
    """The mode that must have the same shape, if any."""
    if mode.contrast:
        return replace(mode, contrast=False)
    return replace(mode, panel=LYING) if mode.panel == WIDE else None
