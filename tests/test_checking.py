"""A draft is checked for every office and kiosk before it is signed."""

import json
from typing import Any

import pytest
from sync.shipped import shipped_file, shipped_program

from kiosk.checking import check_draft
from kiosk.domain.configuration import Content
from kiosk.domain.fleet import Problem

OFFICES = {"10917": "36.04.09", "10918": "36.04.08"}


def problems(content: Content) -> list[tuple[str, str, str]]:
    found = check_draft(content, shipped_program().data, shipped_program().languages, OFFICES)
    return [(one.scope, one.name, one.reason) for one in found]


def test_a_good_draft_has_none() -> None:
    content = Content(
        kabupaten={"silence_s": 60, "registration_days": 120},
        offices={"36.04.08": {"office": "Kecamatan Ciruas Baru"}},
        kiosks={"10917": {"kiosk_name": "Loket 1"}},
        data={"tariff.json": json.dumps(shipped_file("tariff.json"))},
        texts={"id": {"common.next": "Terus"}, "en": {"common.next": "Go on"}},
    )
    assert problems(content) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (Content(kabupaten={"silence_s": 5}), ("kabupaten", "silence_s", "out_of_limits")),
        (Content(kabupaten={"silence_s": "x"}), ("kabupaten", "silence_s", "wrong_kind")),
        (
            Content(offices={"36.04.08": {"kiosk_name": ""}}),
            ("36.04.08", "kiosk_name", "missing"),
        ),
        (
            Content(kiosks={"10918": {"office": "x" * 41}}),
            ("10918", "office", "too_long"),
        ),
        (Content(kabupaten={"language": "xx"}), ("kabupaten", "language", "goes_not")),
        (Content(kabupaten={"languages": "en"}), ("kabupaten", "languages", "goes_not")),
        (Content(kabupaten={"languages": "id,xx"}), ("kabupaten", "languages", "goes_not")),
        (Content(kabupaten={"languages": "id,id"}), ("kabupaten", "languages", "not_listed")),
        (Content(kabupaten={"slip_without": "qr"}), ("kabupaten", "slip_without", "not_listed")),
        (Content(kabupaten={"store_folder": "/x"}), ("kabupaten", "store_folder", "misplaced")),
        (
            Content(kiosks={"10917": {"registration_days": 90}}),
            ("10917", "registration_days", "misplaced"),
        ),
        (Content(offices={"36.04.99": {}}), ("36.04.99", "", "office")),
        (Content(texts={"xx": {"common.next": "x"}}), ("xx", "common.next", "language")),
        (Content(texts={"en": {"no.such": "x"}}), ("en", "no.such", "unknown")),
        (Content(texts={"en": {"consent.title": "Yes"}}), ("en", "consent.title", "fixed")),
        (Content(texts={"en": {"common.next": " "}}), ("en", "common.next", "blank")),
        (Content(texts={"en": {"common.next": "{x}"}}), ("en", "common.next", "placeholders")),
        (Content(texts={"en": {"common.next": "x" * 40}}), ("en", "common.next", "too_long")),
        (
            Content(texts={"id": {"common.next": "Terus"}}),
            ("en", "common.next", "no_translation"),
        ),
        (Content(data={"benefits.json": "{"}), ("benefits.json", "", "data")),
        (Content(kabupaten={"office": "x" * 2_000_000}), ("kabupaten", "", "too_large")),
    ],
    ids=lambda one: one[2] if isinstance(one, tuple) else "",
)
def test_what_is_wrong_is_named_with_where_it_stands(
    content: Content, expected: tuple[str, str, str]
) -> None:
    assert expected in problems(content)


def _without_a_bracket(tariff: Any) -> None:
    del tariff["brackets"][1]


def _with_a_bracket_twice(tariff: Any) -> None:
    tariff["brackets"].insert(1, tariff["brackets"][1])


@pytest.mark.parametrize("spoil", [_without_a_bracket, _with_a_bracket_twice])
def test_a_tariff_with_a_gap_or_an_overlap_is_named_with_its_line(spoil: Any) -> None:
    tariff = shipped_file("tariff.json")
    spoil(tariff)
    content = Content(data={"tariff.json": json.dumps(tariff, indent=1)})
    found = check_draft(content, shipped_program().data, shipped_program().languages, OFFICES)
    assert found == (Problem("tariff.json", "", "data", found[0].says),)
    assert found[0].says.startswith("line ")
