"""What ships with the program, read once, and documents of an admin."""

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from central.publishing import NOW, signing_key
from samples import ROOT

from kiosk.central.signing import SigningKey
from kiosk.composition import Shipped, fits_a_kiosk
from kiosk.data import load_data
from kiosk.domain.configuration import Content, Document, write_document
from kiosk.languages import load_languages
from kiosk.settings import Settings

RESOURCES = ROOT / "resources"


@cache
def shipped_program() -> Shipped:
    """As a kiosk without a file of its own has it."""
    data = load_data(RESOURCES, Path(mkdtemp()))
    return Shipped(Settings(), data, load_languages(RESOURCES / "texts"), fits_a_kiosk)


def document(
    version: int, content: Content | None = None, *, needs: str = "0.1.0", **kabupaten: object
) -> Document:
    """A version that the kabupaten made."""
    keys = (signing_key().public,)
    wanted = content or Content(kabupaten=kabupaten)
    return Document(version, NOW, "staff_00000000", "", needs, keys, wanted)


def signed(made: Document, key: SigningKey | None = None) -> tuple[bytes, str]:
    """Its bytes, and the signature."""
    written = write_document(made)
    return written, (key or signing_key()).sign(written)


def shipped_file(file: str) -> Any:
    """A data file that ships with the program, to be spoiled."""
    return json.loads((RESOURCES / "data" / file).read_text("utf-8"))
