"""Every screen can be read and touched, and looks as it was looked at and found good.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/e2e/test_screens.py`,
then look at the pictures in tests/screens before they are committed.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from .boxes import Layout, measure
from .conftest import Quiet
from .stage import Stage, open_stage
from .tours import CONTRAST, TOURS, Tour, follow

PICTURES = Path(__file__).parent.parent / "screens"
TOLERATED_LEVELS = 64
"""Of 255, for one pixel: Qt paints the rims of the same letter up to 51 apart from one run to the
next, and the 256 colours that make the pictures a quarter of the size cost some more."""
TOLERATED_AVERAGE = 20
"""The same for squares of 8 pixels, so that rims are tolerated and tints are not; the shaded sea of
the idle screen comes within 16."""
TOUR_OF = {scene: tour for tour in TOURS.values() for scene in tour.scenes}


@dataclass(frozen=True)
class Seen:
    """What one scene showed."""

    layout: Layout
    picture: Image.Image
    contrast: Image.Image | None


See = Callable[[str], Seen]


@pytest.fixture(scope="session")
def see(new_kiosk: Path, tmp_path_factory: pytest.TempPathFactory) -> See:
    """Takes the tour of a scene once, and keeps what it showed for every test that asks."""
    seen: dict[str, Seen] = {}

    def look_up(scene: str) -> Seen:
        if scene not in seen:
            folder = tmp_path_factory.mktemp("tour") / "kiosk"
            shutil.copytree(new_kiosk, folder)
            tour = TOUR_OF[scene]
            with open_stage(folder, changes=tour.changes) as stage:
                seen.update(_take(tour, stage))
        return seen[scene]

    return look_up


@pytest.fixture(autouse=True)
def _faults_are_wanted(quiet: Quiet) -> None:
    quiet.tolerate("failsafe S 14", "slip not submitted")


def _take(tour: Tour, stage: Stage) -> Iterator[tuple[str, Seen]]:
    tour.prepare(stage)
    for scene, keys in tour.scenes.items():
        follow(stage, keys)
        picture = _picture(stage)  # first: only what is painted has been laid out
        layout = measure(stage)
        yield scene, Seen(layout, picture, _contrast(stage) if scene in CONTRAST else None)


def _contrast(stage: Stage) -> Image.Image:
    stage.tap("contrast")
    picture = _picture(stage)
    stage.tap("contrast")
    return picture


def _picture(stage: Stage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grabbed: QImage = stage.visitor.picture()
    grabbed.save(buffer, "BMP")  # type: ignore[call-overload]
    return Image.open(BytesIO(buffer.data().data())).convert("RGB")


@pytest.mark.parametrize("scene", TOUR_OF)
def test_every_text_can_be_read_and_every_key_touched(see: See, scene: str) -> None:
    assert see(scene).layout.faults() == []


@pytest.mark.parametrize("scene", TOUR_OF)
def test_the_screen_looks_as_it_did(see: See, scene: str, tmp_path: Path) -> None:
    assert_unchanged(see(scene).picture, PICTURES / f"{scene}.png", tmp_path)


@pytest.mark.parametrize("scene", CONTRAST)
def test_the_screen_in_high_contrast_looks_as_it_did(see: See, scene: str, tmp_path: Path) -> None:
    picture = see(scene).contrast
    assert picture is not None
    assert_unchanged(picture, PICTURES / f"{scene}-contrast.png", tmp_path)


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
