"""Leaves a NIK in each kind of place, under the shim: python -m chaos.planting LOG.

So that it is known that the search finds what there is.
"""

import base64
import ctypes
import gzip
import io
import json
import sqlite3
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter
from reportlab.pdfgen.canvas import Canvas
from samples import nik_of

from .shim import Mode

NIK = nik_of(77)
_shim = ctypes.CDLL(None)


def _pdf(text: str) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pageCompression=1)
    canvas.drawString(20, 20, text)
    canvas.save()
    return made.getvalue()


def _workbook(text: str) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, text)
    return made.getvalue()


WRITINGS: Mapping[str, Callable[[str], bytes]] = {
    "line of a log": lambda nik: f"INFO nik={nik}\n".encode(),
    "grouped": lambda nik: " ".join(nik[at : at + 4] for at in range(0, 16, 4)).encode(),
    "UTF-16": lambda nik: nik.encode("utf-16"),
    "core dump": lambda nik: bytes(range(256)) * 99 + nik.encode("utf-32-le") + bytes(999),
    "hex": lambda nik: nik.encode().hex().encode(),
    "base64": lambda nik: base64.b64encode(json.dumps({"a": 1, "nik": nik}).encode()),
    "gzip": lambda nik: gzip.compress(f"rotated log {nik}".encode()),
    "zlib in the middle": lambda nik: bytes(99) + zlib.compress(f"a page {nik}".encode()),
    "gzip in base64": lambda nik: gzip.compress(base64.b64encode(f"x {nik}".encode())),
    "PDF": _pdf,
    "PDF in a spool": lambda nik: b"%!job\n" + _pdf(nik),
    "gzipped PDF": lambda nik: gzip.compress(_pdf(nik)),
    "workbook": _workbook,
}


def plant(home: Path) -> None:
    """Leave it in each way."""
    for kind, write in WRITINGS.items():
        (home / kind).write_bytes(write(NIK))
    with sqlite3.connect(home / "unencrypted store") as store:
        store.execute("CREATE TABLE t (a TEXT)")
        store.execute("INSERT INTO t VALUES (?)", (NIK,))
    (home / f"slip of {NIK}").touch()
    (home / "deleted").write_bytes(NIK.encode())
    (home / "deleted").unlink()
    with (home / "written over").open("r+b" if (home / "written over").exists() else "w+b") as file:
        file.write(NIK.encode())
        file.flush()
        file.seek(0)
        file.write(bytes(16))
    (home / f"name once {NIK}").touch()
    (home / f"name once {NIK}").rename(home / "renamed")


if __name__ == "__main__":
    _shim.chaos_begin(b"/", sys.argv[1].encode(), Mode.TRACE, -1, 0)
    plant(Path.home())
    _shim.chaos_end()
