"""The version of the program."""

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def program_version() -> str:
    """Return the version of the program, as pyproject.toml states it."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))
    return str(project["project"]["version"])
