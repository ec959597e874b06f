"""A token's QR code is read back as the token."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from central.authority import Authority, _pem
from PIL import Image

from kiosk.central.address import CentreAddress, Login
from kiosk.central.token import Token, read_token, write_token
from printing.token_code import draw_token

CA = _pem(Authority.new().certificate).decode("ascii")
TOKEN = Token(
    CentreAddress(("pusat.example.go.id", "10.0.0.7"), (5432, 5432), "anjungan", CA),
    Login("kiosk_12345", "K3yW0rd-Once-K3yW0rd-Once"),
    datetime(2026, 11, 30, 3, 0, tzinfo=UTC),
)


def test_the_picture_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "token.png"
    draw_token(write_token(TOKEN), file, io.StringIO())
    with Image.open(file) as picture:
        (read,) = zxingcpp.read_barcodes(picture)
    assert read_token(read.text) == TOKEN


def test_it_is_drawn_on_a_terminal_and_as_svg(tmp_path: Path) -> None:
    out = io.StringIO()
    draw_token(write_token(TOKEN), None, out)
    assert len(out.getvalue().splitlines()) > 30
    draw_token(write_token(TOKEN), tmp_path / "token.svg", out)
    assert (tmp_path / "token.svg").read_text("utf-8").startswith("<?xml")


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.png or \.svg"):
        draw_token(write_token(TOKEN), tmp_path / "token.jpg", io.StringIO())
