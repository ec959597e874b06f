"""Looks into a store from the side, and starts other processes that use it."""

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from samples import ADDRESS_LINE, KEY, NAME, NIK, PHONE, ROOT
from sqlalchemy import Engine, select

from kiosk.storage import tables
from kiosk.storage.engine import open_engine

PERSONAL = (NIK, NAME, PHONE, ADDRESS_LINE)
Rows = dict[str, list[tuple[Any, ...]]]


def rows_in(engine: Engine) -> Rows:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in tables.metadata.sorted_tables
        }


def rows_at(folder: Path) -> Rows:
    """Every row of the store in `folder`, opened anew."""
    engine = open_engine(folder, KEY)
    try:
        return rows_in(engine)
    finally:
        engine.dispose()


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def start_child(act: str, folder: Path) -> Popen[str]:
    """Start a process that does one act of child.py on the store in `folder`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    script = Path(__file__).with_name("child.py")
    command = [sys.executable, str(script), act, str(folder)]
    return Popen(command, stdin=PIPE, stdout=PIPE, env=environment, text=True)
