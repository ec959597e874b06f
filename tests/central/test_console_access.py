"""Where the console finds the centre: what was typed, and what was remembered."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.address import CentreAddress
from kiosk.console_access import (
    NoEntry,
    Place,
    enter,
    keep_place,
    read_place,
    typed_address,
    written_address,
)

PLACE = Place(
    CentreAddress(("pusat.example",), (5433,), "anjungan", "PEM"), "staff_0a1b2c3d", "Sri"
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("pusat.example", ("pusat.example:5432", "anjungan")),
        (" pusat.example:5433/uji ", ("pusat.example:5433", "uji")),
        ("a.example,b.example", ("a.example:5432, b.example:5432", "anjungan")),
        ("postgresql://localhost:6000/uji", ("localhost:6000", "uji")),
    ],
)
def test_an_address_may_be_short(typed: str, read: tuple[str, str]) -> None:
    address = typed_address(typed)
    assert isinstance(address, CentreAddress)
    assert (written_address(address), address.database) == read


def test_another_machine_is_always_asked_who_it_is() -> None:
    address = typed_address("pusat.example")
    assert isinstance(address, CentreAddress)
    assert address.is_verified
    assert typed_address("postgresql://pusat.example/uji?sslmode=require") is NoEntry.UNSAFE


@given(st.text())
def test_whatever_is_typed_is_an_address_or_refused(typed: str) -> None:
    assert isinstance(typed_address(typed), (CentreAddress, NoEntry))


def test_a_place_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "console" / "centre.json"
    keep_place(file, PLACE)
    assert read_place(file) == PLACE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keep_place(file, Place(PLACE.address, "staff_99999999"))
    assert read_place(file) == Place(PLACE.address, "staff_99999999")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"hosts": [], "ports": []}'])
def test_a_broken_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "centre.json"
    file.write_bytes(content)
    assert read_place(file) is None


def test_where_nobody_answers_nobody_is_let_in(tmp_path: Path) -> None:
    nowhere = CentreAddress(("127.0.0.1",), (1,), "anjungan")
    assert enter(Place(nowhere, "staff_0a1b2c3d"), "geheim", tmp_path) is NoEntry.UNREACHED
