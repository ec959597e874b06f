"""Tariff and benefit files as somebody could bring them: right ones, and each kind of wrong one."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from samples import RESOURCES

Change = Callable[[dict[str, Any]], None]


def shipped(file: str = "tariff.json") -> dict[str, Any]:
    root: dict[str, Any] = json.loads((RESOURCES / "data" / file).read_text("utf-8"))
    return root


def write(folder: Path, change: Change, name: str = "tariff-baru.json", **of: str) -> Path:
    """Write the shipped file as `change` leaves it."""
    root = deepcopy(shipped(**of))
    change(root)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    target.write_text(json.dumps(root, indent=1), "utf-8")
    return target


def goes_on(root: dict[str, Any]) -> None:
    """The relief of all but transport goes on through March 2027; from 1 January 2027."""
    root["version"] = "2027-01-01"
    relief(root, "other")["last_month"] = "2027-03"
    root["worked_examples"] = [
        {
            "case": "trader, lowest base, 4 months from January 2027",
            "base": 1000000,
            "sector": "other",
            "sector_unclear": False,
            "payer": "self",
            "package": "JKK+JKM",
            "payment_month": "2027-01",
            "months": 4,
            "pay": [8400, 8400, 8400, 16800],
            "total": 42000,
        }
    ]


def goes_on_today(root: dict[str, Any]) -> None:
    """The same, in force from the very day."""
    goes_on(root)
    root["version"] = "2026-11-22"


def relief(root: dict[str, Any], sector: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in root["reliefs"] if one["sector"] == sector)
    return found


def rate(root: dict[str, Any], programme: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in root["rates"] if one["programme"] == programme)
    return found


def followed(root: dict[str, Any], last: str, first: str) -> None:
    """A second rate of JKM, in force from `first`, the one before until `last`."""
    goes_on(root)
    before = rate(root, "JKM")
    root["rates"].append({**before, "effective_from": first, "effective_to": None})
    before["effective_to"] = last


def gap(root: dict[str, Any]) -> None:
    followed(root, "2027-05", "2027-07")


def overlap(root: dict[str, Any]) -> None:
    followed(root, "2027-07", "2027-06")


def reliefs_overlap(root: dict[str, Any]) -> None:
    goes_on(root)
    root["reliefs"].append({**relief(root, "other"), "first_month": "2027-02"})


def wrong_example(root: dict[str, Any]) -> None:
    goes_on(root)
    root["worked_examples"][0]["total"] = 41000


def no_example(root: dict[str, Any]) -> None:
    goes_on(root)
    root["worked_examples"] = []


def no_source(root: dict[str, Any]) -> None:
    goes_on(root)
    relief(root, "other").pop("sources")


def unlisted_source(root: dict[str, Any]) -> None:
    goes_on(root)
    root["brackets"][0]["sources"] = ["S99"]


def newer_format(root: dict[str, Any]) -> None:
    goes_on(root)
    root["format"] = 2


def no_tariff(root: dict[str, Any]) -> None:
    root.pop("brackets")
