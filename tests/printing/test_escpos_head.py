"""What the settings of an ESC/POS printer may say, and what becomes of pages by them."""

import subprocess
import sys
from dataclasses import replace

import pytest
from samples import ROOT
from test_slips import make_slips, registered_in

from kiosk.domain.escpos_address import NetworkAddress, UsbAddress, parse_escpos_address
from kiosk.domain.failures import DataFailure
from kiosk.settings import PaperName, Settings
from printing.escpos_commands import walk
from printing.escpos_head import check_printer, head_of


@pytest.mark.parametrize(
    ("printer", "address"),
    [
        ("escpos://192.168.1.9:9100", NetworkAddress("192.168.1.9", 9100)),
        ("escpos://192.168.1.9", NetworkAddress("192.168.1.9", 9100)),
        ("escpos://printer.local:515/", NetworkAddress("printer.local", 515)),
        ("escpos://[fe80::1]:9100", NetworkAddress("fe80::1", 9100)),
        ("escpos-usb://04b8:0e15", UsbAddress(0x04B8, 0x0E15)),
        ("escpos-usb://04B8:0E15/", UsbAddress(0x04B8, 0x0E15)),
        ("", None),
        ("slip", None),
        ("escpos", None),
        ("ipp://192.168.1.9/ipp/print", None),
    ],
)
def test_the_address_says_where_the_printer_is(printer: str, address: object) -> None:
    assert parse_escpos_address(printer) == address
    assert Settings(printer=printer).printer == printer


@pytest.mark.parametrize(
    "printer",
    [
        "escpos://",
        "escpos://:9100",
        "escpos://192.168.1.9:0",
        "escpos://192.168.1.9:65536",
        "escpos://192.168.1.9:9100/raw",
        "escpos://a b",
        "escpos-usb://04b8",
        "escpos-usb://04b8:e15",
        "escpos-serial:///dev/ttyS0",
    ],
)
def test_an_address_that_is_none_is_refused_by_an_example(printer: str) -> None:
    with pytest.raises(ValueError, match=r"printer must be like .*escpos://192\.168\.1\.9:9100"):
        Settings(printer=printer)


NETWORK = Settings(printer="escpos://192.168.1.9")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (replace(NETWORK, escpos_profile="TM-T99"), "no escpos_profile 'TM-T99', but: .*TM-T20II"),
        (replace(NETWORK, escpos_profile="TM-U220"), "'TM-U220' cannot print these pages"),
        (replace(NETWORK, escpos_profile="TSP600"), "'TSP600' cannot print these pages"),
        (replace(NETWORK, escpos_profile="POS-5890"), "'POS-5890' is no printer for paper 80mm"),
        (
            replace(NETWORK, escpos_profile="TM-T20II", paper=PaperName.ROLL_58),
            "'TM-T20II' is no printer for paper 58mm",
        ),
        (replace(NETWORK, paper=PaperName.A5), 'not "A5"'),
    ],
)
def test_a_model_that_there_is_not_or_that_does_not_fit_is_refused_by_name(
    settings: Settings, said: str
) -> None:
    with pytest.raises(DataFailure, match=said) as refusal:
        check_printer(settings)
    assert refusal.value.code == "D 11"


def test_of_other_printers_the_model_is_not_asked() -> None:
    check_printer(Settings(printer="slip", escpos_profile="TM-T99", paper=PaperName.A4))


@pytest.mark.parametrize(
    ("profile", "paper", "columns", "dots", "dpi"),
    [
        ("default", PaperName.ROLL_80, 48, 576, 203),
        ("default", PaperName.ROLL_58, 32, 384, 203),
        ("TM-T20II", PaperName.ROLL_80, 48, 576, 203),
        ("TM-T88V", PaperName.ROLL_80, 42, 512, 180),
        ("POS-5890", PaperName.ROLL_58, 32, 384, 203),
        ("RP-F10-58mm", PaperName.ROLL_58, 36, 432, 203),
        # Its profile says 12, which is the width of a letter.
        ("NT-80-V-UL", PaperName.ROLL_80, 48, 576, 203),
    ],
)
def test_a_model_has_its_columns(
    profile: str, paper: PaperName, columns: int, dots: int, dpi: int
) -> None:
    head = head_of(profile, paper)
    assert (head.columns, head.dots, head.paper.dpi) == (columns, dots, dpi)


def test_the_settings_say_in_which_form_slips_are_made() -> None:
    pdfs = make_slips()
    letters = replace(pdfs, settings=NETWORK)
    pictures = replace(pdfs, settings=replace(NETWORK, escpos_raster=True))
    registration = registered_in("id")
    assert pdfs.render(registration, 0).startswith(b"%PDF")
    native, drawn = letters.render(registration, 0), pictures.render(registration, 0)
    assert b"BELUM DILINDUNGI" in native
    assert b"BELUM DILINDUNGI" not in drawn
    assert len(native) * 20 < len(drawn)
    for page in (native, drawn):
        assert next(iter(walk(page))).raw == b"\x1b@"


def test_a_kiosk_with_another_printer_does_not_load_what_it_does_not_need() -> None:
    program = (
        "import sys; sys.path[:0] = ['tests', 'tests/printing'];"
        "from test_slips import *; make_slips().render(registered_in('id'), 0);"
        "from printing.escpos_head import check_printer; check_printer(Settings(printer='slip'));"
        "print(sorted({'escpos', 'usb', 'yaml', 'qrcode'} & sys.modules.keys()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert run.stdout == "[]\n"
