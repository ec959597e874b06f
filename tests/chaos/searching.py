"""Looks for people in bytes, however they are written: encoded, packed, in a PDF or a workbook."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress

import pypdfium2

PEOPLE: Mapping[str, str] = {
    "NIK": "360401120580",
    "name": "ZULAIKHA QODRI",
    "phone": "08777000",
    "address": "XILEMBA RAYA",
}
"""What the NIK, name, telephone and address of everybody in these tests begin with."""

_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_DEEPEST = 3
_AT_ONCE, _SHORTEST = 4_096, 8


def found_in(content: bytes) -> set[str]:
    """Return which kinds of personal data there are in some bytes."""
    return {
        kind
        for part in _decoded(content, 0)
        for kind, forms in _FORMS.items()
        if any(form in part for form in forms)
    }


def _forms(text: str) -> Iterator[bytes]:
    grouped = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    for one in dict.fromkeys((text, text.lower(), text.title(), text[::-1], grouped)):
        plain = one.encode()
        yield plain
        yield one.encode("utf-16-le")
        yield one.encode("utf-16-be")
        yield one.encode("utf-32-le")
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        yield from _base64(plain)
        yield from _base64(one.encode("utf-16-le"))


def _base64(plain: bytes) -> Iterator[bytes]:
    """What stays the same of a word in base64, whatever stands before and behind it."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + plain + bytes(2))
        begin, end = -(-before * 8 // 6), (before + len(plain)) * 8 // 6
        yield whole[begin:end]
        yield whole[begin:end].translate(bytes.maketrans(b"+/", b"-_"))


_FORMS = {kind: tuple(set(_forms(text))) for kind, text in PEOPLE.items()}


def _decoded(content: bytes, depth: int) -> Iterator[bytes]:
    yield content
    if depth == _DEEPEST:
        return
    for part in (*_unpacked(content), *_of_workbook(content), *_of_pdf(content)):
        yield from _decoded(part, depth + 1)


def _unpacked(content: bytes) -> Iterator[bytes]:
    for match in _PACKED.finditer(content):
        part = _inflated(memoryview(content)[match.start() :])
        if len(part) > _SHORTEST:
            yield part


def _inflated(content: memoryview) -> bytes:
    """Unpack as much as can be; most of what looks packed is chance."""
    unpack, part = zlib.decompressobj(zlib.MAX_WBITS | 32), bytearray()
    with suppress(zlib.error):
        for at in range(0, len(content), _AT_ONCE):
            part += unpack.decompress(content[at : at + _AT_ONCE])
            if unpack.eof:
                break
    return bytes(part)


def _of_workbook(content: bytes) -> Iterator[bytes]:
    if b"PK\x03\x04" in content:
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield packed.read(name)


def _of_pdf(content: bytes) -> Iterator[bytes]:
    at = content.find(b"%PDF-")
    while at >= 0:
        end = content.find(b"%%EOF", at)
        with suppress(pypdfium2.PdfiumError):
            pdf = pypdfium2.PdfDocument(content[at : end + 5 if end >= 0 else None])
            for page in pdf:
                yield page.get_textpage().get_text_range().encode()
        at = content.find(b"%PDF-", at + 5)
