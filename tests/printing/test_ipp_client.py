"""Where printers are, and whom the kiosk believes to be one."""

import hashlib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fault_printer import FaultPrinter
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.print_job import Hold
from printing.ipp_client import Address, parse_address
from printing.ipp_printer import IppPrinter
from printing.papers import A4, ROLL_80
from printing.port import CameOut, NotSent, Sent

NAME = "109170000424-0-1"
PAGE = b"%PDF-1.4 a page that nobody looks into %%EOF"
PRINT = "a" * 64


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "ipp://printer.local",
            Address("ipp://printer.local:631/ipp/print", "printer.local", 631, "/ipp/print"),
        ),
        (
            "ipp://192.0.2.7:8631/printers/slip",
            Address("ipp://192.0.2.7:8631/printers/slip", "192.0.2.7", 8631, "/printers/slip"),
        ),
        (
            f"ipps://[2001:db8::7]/ipp/print#sha256={PRINT.upper()}",
            Address(
                "ipps://[2001:db8::7]:631/ipp/print", "2001:db8::7", 631, "/ipp/print", True, PRINT
            ),
        ),
        ("http://old:80/ipp", Address("ipp://old:80/ipp", "old", 80, "/ipp")),
    ],
)
def test_an_address_says_where_a_printer_is(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "slip", "ipp:", "ipp:///ipp/print", "usb://EPSON/TM-T82", "ipp://me:secret@host/"),
        *("ipp://host:99999/", "ipp://host:x/", "ipp://[::1/", "ipps://host/#sha256=00"),
        *("ipps://host/#md5=" + PRINT, f"ipp://host/#sha256={PRINT}"),
        "ipps://host/#sha256=" + "g" * 64,
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_address(text)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for one in (text, f"ipp://{text}"):
        try:
            assert parse_address(one).host
        except ValueError:
            continue


# Encrypted


def _certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "printer.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, certificate.public_bytes(serialization.Encoding.DER)


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[FaultPrinter, str]]:
    """A printer with a certificate made by itself, and that certificate's fingerprint."""
    context, certificate = _certificate(tmp_path, "127.0.0.1")
    with FaultPrinter(tls=context) as printer:
        yield printer, hashlib.sha256(certificate).hexdigest()


def test_a_printer_with_the_named_certificate_prints(encrypted: tuple[FaultPrinter, str]) -> None:
    printer, fingerprint = encrypted
    me = IppPrinter(parse_address(f"{printer.uri}#sha256={fingerprint}"), A4)
    assert me.send(PAGE, NAME, lambda _: True) == Sent()
    assert isinstance(me.follow("", NAME), CameOut)
    assert printer.names() == [NAME]


@pytest.mark.parametrize("named", ["", f"#sha256={PRINT}"], ids=["none named", "another named"])
def test_a_certificate_that_nobody_vouches_for_is_told_nothing_and_named(
    encrypted: tuple[FaultPrinter, str], named: str
) -> None:
    printer, fingerprint = encrypted
    me = IppPrinter(parse_address(printer.uri + named), ROLL_80)
    status = me.status()
    assert status.hold is Hold.MISSING
    assert status.says.endswith(f"certificate #sha256={fingerprint}")
    assert me.send(PAGE, NAME, lambda _: True) == NotSent(Hold.MISSING)
    assert printer.asked == []


def test_a_certificate_of_an_authority_that_this_machine_trusts_needs_no_name(
    encrypted: tuple[FaultPrinter, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, _ = encrypted
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "printer.pem"))
    assert IppPrinter(parse_address(printer.uri), ROLL_80).status().hold is None


def test_a_printer_that_does_not_encrypt_is_not_spoken_to_in_the_open() -> None:
    with FaultPrinter() as printer:
        secure = printer.uri.replace("ipp:", "ipps:")
        assert IppPrinter(parse_address(secure), ROLL_80).status().hold is Hold.OFFLINE
        assert printer.asked == []
