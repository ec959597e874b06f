"""Every screen can be read and touched however it is shown, and looks as it was found good.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/e2e/test_screens.py`,
then look at the pictures in tests/screens before they are committed.
"""

import os
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QImage

from .boxes import Layout, edges, measure
from .conftest import Quiet
from .inks import faint_texts
from .modes import COLOURED, PLAIN, Mode, Panel, show, twin, walk_order
from .stage import Stage, open_stage
from .tours import OF_A_BROKEN_STORE, SCREENS, SILENCE, TOURS, follow, pictures_of, screen_of

FOLDER = Path(__file__).parent.parent / "screens"
TOLERATED_LEVELS = 64
"""Of 255, for one pixel: Qt paints the rims of the same letter up to 51 apart from one run to the
next, and the 256 colours that make the pictures a quarter of the size cost some more."""
TOLERATED_AVERAGE = 20
"""The same for squares of 8 pixels, so that rims are tolerated and tints are not; the shaded sea of
the idle screen comes within 16."""
STRIP_OR_KEYBOARD = re.compile(
    r"leave|language|textSize|contrast|listen|help|pad.*|letter[A-Z][a-z]+"
)
CORNERS = {"back": (0, 1, 3), "next": (1, 2, 3)}
"""Two keys get longer where their words are, away from the corner they stand in."""
SCENES = [scene for tour in TOURS.values() for scene in tour.scenes]


class Look:
    """Looks at scene after scene in every mode, and notes what it finds."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        self.folder = folder
        self.faults: list[str] = []
        self._visit: Any = stage.app.visit
        self._places: dict[tuple[Panel, str, bool], Any] = {}
        # What is built ahead would follow every switch, unseen; the idle screen turns by itself.
        for holder in (stage.app.window, *stage.visitor.items()):
            for name in ("buildAhead", "turnPictures"):
                if timer := holder.findChild(QObject, name):
                    timer.setProperty("running", False)

    def take(self, scene: str, keys: tuple[str, ...]) -> None:
        """Tap what leads to the scene, and look at it."""
        follow(self.stage, keys)
        assert self.stage.screen == screen_of(scene)
        shapes: dict[Mode, Layout] = {}
        for mode in walk_order():
            show(self.stage, mode)
            if SILENCE in keys:
                self._fall_silent()
            self.faults += [f"{scene}{mode}: {one}" for one in self._look(scene, mode, shapes)]
            self._visit.needTime()
        show(self.stage, PLAIN)

    def _fall_silent(self) -> None:
        # Anew for each mode: in the largest text the warning comes later.
        while not self._visit.secondsLeft:
            self.stage.fall_silent(1)

    def _look(self, scene: str, mode: Mode, shapes: dict[Mode, Layout]) -> Iterator[str]:
        pictured = mode in pictures_of(scene)
        # Measured first: that lays out until nothing moves any more.
        layout = shapes[mode] = measure(self.stage, mode.panel)
        picture = picture_of(self.stage) if pictured or mode in COLOURED else None
        yield from layout.faults()
        yield from self._moved_keys(layout)
        if same := twin(mode):
            for key in layout.keys_moved_from(shapes[same]):
                yield f"key {key} stands elsewhere than{same or ' upright'}"
        if picture and mode in COLOURED:
            yield from faint_texts(layout.texts, picture)
        if picture and pictured:
            yield from changes(picture, FOLDER / f"{scene}{mode}.png", self.folder)

    def _moved_keys(self, layout: Layout) -> Iterator[str]:
        # Where nobody can leave, at idle and out of order, the strip has one key less.
        leaving = any(key.name == "leave" for key in layout.keys)
        for key in layout.keys:
            stands = tuple(round(edge) for edge in edges(key.place))
            if key.name in CORNERS:
                stands = tuple(stands[corner] for corner in CORNERS[key.name])
            elif not STRIP_OR_KEYBOARD.fullmatch(key.name):
                continue
            before = self._places.setdefault((layout.panel, key.name, leaving), stands)
            if before != stands:
                yield f"key {key.name} has moved from {before} to {stands}"


@pytest.fixture(autouse=True)
def _faults_are_wanted(quiet: Quiet) -> None:
    quiet.tolerate(*OF_A_BROKEN_STORE, "slip rejected")


@pytest.mark.parametrize("tour", TOURS)
def test_every_screen_can_be_read_and_touched_and_looks_as_it_did(
    new_kiosk: Path, tmp_path: Path, tour: str
) -> None:
    shutil.copytree(new_kiosk, tmp_path / "kiosk")
    before = TOURS[tour].before
    if before:
        with open_stage(tmp_path / "kiosk") as stage:
            before(stage)
    with open_stage(tmp_path / "kiosk", changes=TOURS[tour].changes) as stage:
        TOURS[tour].prepare(stage)
        look = Look(stage, tmp_path)
        for scene, keys in TOURS[tour].scenes.items():
            look.take(scene, keys)
    assert look.faults == []


def test_the_tours_lead_to_every_screen() -> None:
    assert {screen_of(scene) for scene in SCENES} == SCREENS


def test_every_picture_is_of_a_scene() -> None:
    wanted = {f"{scene}{mode}.png" for scene in SCENES for mode in pictures_of(scene)}
    assert {file.name for file in FOLDER.glob("*.png")} == wanted


def picture_of(stage: Stage) -> Image.Image:
    """What the screen shows now."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grabbed: QImage = stage.visitor.picture()
    grabbed.save(buffer, "BMP")  # type: ignore[call-overload]
    return Image.open(BytesIO(buffer.data().data())).convert("RGB")


def changes(picture: Image.Image, snapshot: Path, folder: Path) -> Iterator[str]:
    """Compare with the picture in git; what differs is left in the folder."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.parent.mkdir(exist_ok=True)
        few = _in_few_colours(picture)
        # A picture that 256 colours do not do justice to is kept in all of them.
        faithful = not _changed(picture, few.convert("RGB"), TOLERATED_LEVELS // 2)
        (few if faithful else picture).save(snapshot, optimize=True)
    if not snapshot.exists():
        yield "has no picture yet"
        return
    with Image.open(snapshot) as opened:
        before = opened.convert("RGB")
    changed = _changed(picture, before, TOLERATED_LEVELS) or _changed(
        picture.reduce(8), before.reduce(8), TOLERATED_AVERAGE
    )
    if changed:
        now = folder / snapshot.name
        picture.save(now)
        yield f"changed within {changed}: {now}"


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
