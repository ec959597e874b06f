"""The slip dot by dot, as it was looked at and found good.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/printing`, then look at
the pictures in tests/printing/snapshots before they are committed.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from slip_samples import ENGLISH, LONG_NAME, TEXTS, make_proof, make_reminder, make_slip

from kiosk.domain.slip import SlipContent
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from printing.papers import A4, A5, ROLL_58, ROLL_80, Paper
from printing.proof_page import render_proof
from printing.readback import rasterise
from printing.reminder_page import render_reminder
from printing.slip_page import render_slip

SNAPSHOTS = Path(__file__).parent / "snapshots"
PLAIN = make_slip()
FULL = make_slip(
    name=LONG_NAME, package=Package.JKK_JKM_JHT, months=12, copy=2, sector_unclear=True
)
SLIPS = {
    "slip-80mm": (PLAIN, TEXTS, ROLL_80),
    "slip-80mm-copy": (FULL, TEXTS, ROLL_80),
    "slip-80mm-english": (PLAIN, ENGLISH, ROLL_80),
    "slip-58mm": (PLAIN, TEXTS, ROLL_58),
    "slip-a5": (PLAIN, TEXTS, A5),
    "slip-a5-copy-english": (FULL, ENGLISH, A5),
    "slip-a4": (PLAIN, TEXTS, A4),
}
REMINDER = make_reminder()
LONGEST_REMINDER = make_reminder(package=Package.JKK_JKM_JHT, months=12, sector_unclear=True)
REMINDERS = {
    "reminder-80mm": (REMINDER, TEXTS, ROLL_80),
    "reminder-80mm-english": (LONGEST_REMINDER, ENGLISH, ROLL_80),
    "reminder-58mm": (REMINDER, TEXTS, ROLL_58),
    "reminder-a5-english": (LONGEST_REMINDER, ENGLISH, A5),
    "reminder-a4": (REMINDER, TEXTS, A4),
}

PROOFS = {
    "proof-80mm": (make_proof(), TEXTS, ROLL_80),
    "proof-a4-english": (make_proof(language="en"), ENGLISH, A4),
}


@pytest.mark.parametrize("name", SLIPS)
def test_the_slip_looks_as_it_did(name: str, tmp_path: Path) -> None:
    assert_unchanged(picture_of(*SLIPS[name]), name, tmp_path)


@pytest.mark.parametrize("name", REMINDERS)
def test_the_reminder_looks_as_it_did(name: str, tmp_path: Path) -> None:
    content, texts, paper = REMINDERS[name]
    pdf = render_reminder(content, texts, TEXTS, paper)
    assert_unchanged(black_and_white(pdf, paper), name, tmp_path)


@pytest.mark.parametrize("name", PROOFS)
def test_the_proof_of_an_erasure_looks_as_it_did(name: str, tmp_path: Path) -> None:
    content, texts, paper = PROOFS[name]
    pdf = render_proof(content, texts, TEXTS, paper)
    assert_unchanged(black_and_white(pdf, paper), name, tmp_path)


def assert_unchanged(picture: Image.Image, name: str, tmp_path: Path) -> None:
    """Compare with the picture in git; the new one is left in `tmp_path`."""
    snapshot = SNAPSHOTS / f"{name}.png"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        picture.save(snapshot, optimize=True)
    now = tmp_path / snapshot.name
    picture.save(now)
    with Image.open(snapshot) as before:
        same_size = before.size == picture.size
        assert same_size, f"{before.size} became {picture.size}: {now}"
        changed = ImageChops.logical_xor(before.convert("1"), picture).getbbox()
    assert changed is None, f"changed within {changed}: {now}"


def picture_of(content: SlipContent, texts: Texts, paper: Paper) -> Image.Image:
    return black_and_white(render_slip(content, texts, TEXTS, paper), paper)


def black_and_white(pdf: bytes, paper: Paper) -> Image.Image:
    grey: Image.Image = rasterise(pdf, paper.dpi)
    return grey.point(lambda value: 255 if value > 127 else 0).convert("1")
