"""The configuration's document: the same bytes everywhere, and nothing else is read."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.configuration import (
    LARGEST,
    Because,
    Content,
    Document,
    Refused,
    may_run,
    read_document,
    write_document,
)

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
KEY = "A" * 43 + "="

values = st.one_of(st.integers(-(2**53), 2**53), st.text(max_size=20), st.booleans())
given_values = st.dictionaries(st.text(max_size=20), values, max_size=4)
sentences = st.dictionaries(st.text(max_size=20), st.text(max_size=30), max_size=4)
contents = st.builds(
    Content,
    given_values,
    st.dictionaries(st.from_regex(r"36\.04\.[0-9]{2}", fullmatch=True), given_values, max_size=3),
    st.dictionaries(st.from_regex(r"[1-8][0-9]{4}", fullmatch=True), given_values, max_size=3),
    st.dictionaries(st.sampled_from(("tariff.json", "benefits.json")), st.text(max_size=50)),
    st.dictionaries(st.sampled_from(("id", "en")), sentences),
)
documents = st.builds(
    Document,
    st.integers(1, 10**9),
    st.just(NOW),
    st.just("staff_0123abcd"),
    st.text(max_size=200),
    st.just("1.2.3"),
    st.just((KEY,)),
    contents,
)


def document(**changes: Any) -> dict[str, Any]:
    """A good one's values, with others in their place."""
    written = write_document(Document(7, NOW, "staff_0123abcd", "", "0.1.0", (KEY,)))
    return {**json.loads(written), **changes}


def written(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@given(documents)
def test_what_is_written_is_read_the_same(made: Document) -> None:
    try:
        content = write_document(made)
    except UnicodeEncodeError:
        return
    assert read_document(content) == made


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert isinstance(read_document(content), Refused)


@given(documents, st.data())
def test_bytes_that_were_changed_are_no_other_document_under_the_same_signature(
    made: Document, data: st.DataObject
) -> None:
    """Whatever is read has exactly the bytes that were signed."""
    content = bytearray(write_document(made))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    read = read_document(bytes(content))
    assert isinstance(read, Refused) or write_document(read) == bytes(content)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 0},
        {"version": 7.0},
        {"version": True},
        {"base": 7},
        {"base": -1},
        {"made_at": "yesterday"},
        {"made_at": "2026-11-27T03:00:00"},
        {"by": 1},
        {"why": "x" * 201},
        {"needs": "new"},
        {"keys": []},
        {"keys": ["abc"]},
        {"kabupaten": []},
        {"kabupaten": {"silence_s": 1.5}},
        {"kabupaten": {"silence_s": None}},
        {"kabupaten": {"silence_s": {"x": 1}}},
        {"offices": {"Ciruas": {}}},
        {"kiosks": {"90917": {}}},
        {"data": {"secrets.json": "{}"}},
        {"data": {"../kiosk.toml": ""}},
        {"data": {"segments.2027-01-01.json": "{}"}},
        {"data": {"tariff.2027-13-01.json": "{}"}},
        {"data": {"tariff.2027-1-1.json": "{}"}},
        {"texts": {"id": {"common.next": 1}}},
        {"more": 1},
    ],
    ids=str,
)
def test_a_document_with_a_wrong_part_is_not_read(wrong: dict[str, Any]) -> None:
    refused = read_document(written(document(**wrong)))
    assert isinstance(refused, Refused)
    assert refused.because is Because.UNREADABLE


def test_a_document_of_another_format_names_its_version() -> None:
    assert read_document(written(document(format=2))) == Refused(7, Because.OTHER_FORMAT)


def test_one_in_which_a_name_stands_twice_is_not_read() -> None:
    content = written(document()).replace(b'"by":', b'"by":"nobody","by":', 1)
    assert read_document(content) == Refused(0, Because.UNREADABLE)


def test_one_that_is_too_large_is_not_even_looked_at() -> None:
    assert read_document(b"{" * (LARGEST + 1)) == Refused(0, Because.TOO_LARGE)


@pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"a":' * 100_000])
def test_depth_is_no_way_to_stop_a_kiosk(deep: bytes) -> None:
    assert read_document(deep) == Refused(0, Because.UNREADABLE)


@pytest.mark.parametrize(
    ("needs", "program", "may"),
    [
        ("0.1.0", "0.1.0", True),
        ("0.1.0", "0.1.0.dev1", True),
        ("0.9.0", "0.10.0", True),
        ("0.2.0", "0.1.9", False),
        ("1.0.0", "0.99.99", False),
    ],
)
def test_versions_are_compared_by_their_numbers(needs: str, program: str, *, may: bool) -> None:
    assert may_run(needs, program) is may
