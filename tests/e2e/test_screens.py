"""Every screen can be read and touched, and looks as it was looked at and found good.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/e2e/test_screens.py`,
then look at the pictures in tests/screens before they are committed.
"""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from .boxes import STRIP, Layout, measure
from .conftest import Quiet
from .inks import faint_texts
from .modes import COLOURED, PLAIN, SHAPES, Mode, Panel, in_plain_colours, show, walk_order
from .stage import Stage, open_stage
from .tours import TOURS

PICTURES = Path(__file__).parent.parent / "screens"
TOLERATED_LEVELS = 64
"""Of 255, for one pixel: Qt paints the rims of the same letter up to 51 apart from one run to the
next, and the 256 colours that make the pictures a quarter of the size cost some more."""
TOLERATED_AVERAGE = 20
"""The same for squares of 8 pixels, so that rims are tolerated and tints are not; the shaded sea of
the idle screen comes within 16."""


class Look:
    """Looks at scene after scene in every mode, and notes what it finds."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.faults: list[str] = []
        self._shapes: dict[Mode, Any] = {}
        self._stands: dict[tuple[Panel, str], Any] = {}

    def at(self, scene: str) -> None:
        for mode in walk_order():
            show(self.stage, mode)
            self._look(scene, mode)
        show(self.stage, PLAIN)

    def _look(self, scene: str, mode: Mode) -> None:
        picture = _picture(self.stage) if mode in COLOURED else None
        layout = measure(self.stage, mode.panel)
        found = [*layout.faults()]
        if picture:
            found += faint_texts(layout.texts, picture)
        self.faults += [f"{scene} {mode}: {one}" for one in found]


@pytest.fixture(autouse=True)
def _faults_are_wanted(quiet: Quiet) -> None:
    quiet.tolerate("failsafe S 14", "slip not submitted")


def _picture(stage: Stage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grabbed: QImage = stage.visitor.picture()
    grabbed.save(buffer, "BMP")  # type: ignore[call-overload]
    return Image.open(BytesIO(buffer.data().data())).convert("RGB")


@pytest.mark.parametrize("tour", TOURS)
def test_tours(new_kiosk: Path, tmp_path: Path, tour: str) -> None:
    folder = tmp_path / "kiosk"
    shutil.copytree(new_kiosk, folder)
    with open_stage(folder) as stage:
        TOURS[tour].prepare(stage)
        look = Look(stage)
        for scene, keys in TOURS[tour].scenes.items():
            for key in keys:
                stage.tap(key)
                stage.wait_until_idle()
            if stage.screen == "done":
                stage.wait_for_slip("sent", "filed", "failed")
            look.at(scene)
    Path("/tmp/eyes/faults-" + tour.replace(" ", "_")).write_text("\n".join(look.faults))
    assert look.faults == []


def assert_unchanged(picture: Image.Image, snapshot: Path, tmp_path: Path) -> None:
    """Compare with the picture in git; the new one is left in `tmp_path`."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        _in_few_colours(picture).save(snapshot, optimize=True)
    now = tmp_path / snapshot.name
    picture.save(now)
    with Image.open(snapshot) as opened:
        before = opened.convert("RGB")
    for changed in (
        _changed(picture, before, TOLERATED_LEVELS),
        _changed(picture.reduce(8), before.reduce(8), TOLERATED_AVERAGE),
    ):
        assert changed is None, f"changed within {changed}: {now}"


def _changed(
    picture: Image.Image, before: Image.Image, tolerated: int
) -> tuple[int, int, int, int] | None:
    difference = ImageChops.difference(picture, before)
    return difference.point(lambda level: 255 if level > tolerated else 0).getbbox()


def _in_few_colours(picture: Image.Image) -> Image.Image:
    """Half of the colours for the commonest, so that plain areas stay plain; half for the rims."""
    colours: Any = picture.getcolors(picture.width * picture.height)
    common = sorted(colours)[-128:]
    rims = picture.quantize(256 - len(common), Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(level for _, colour in common for level in colour), *rims])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)
