"""Rows of the own content: whatever stands in them, what fits is used and the rest is told."""

import json
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import RESOURCES

from kiosk.composition import OnScreen, Place, Shipped, fits_a_kiosk
from kiosk.data import load_data, replaced
from kiosk.domain.configuration import Content
from kiosk.domain.handover import write_columns
from kiosk.domain.work import Sector, write_work
from kiosk.languages import load_languages, with_sentences
from kiosk.layers import put_together
from kiosk.own_content import Beneath, OwnMisfit, Unfit, fit, own_rows, rows_of
from kiosk.settings import DECLARED, Settings

DATA = load_data(RESOURCES, Path(mkdtemp()))
LANGUAGES = load_languages(RESOURCES / "texts")
BENEATH = Beneath(DATA, LANGUAGES)
SHIPPED = Shipped(Settings(), DATA, LANGUAGES, fits_a_kiosk)
PLACE = Place("36.04.09", "10917")
KEY, OTHER = "common.next", "common.leave"
BOTH = {f"text/id/{KEY}": "Terus", f"text/en/{KEY}": "Go on"}
COLUMNS = write_columns(replace(DATA.handover, columns=DATA.handover.columns[::-1]))


def with_dinas() -> str:
    first, *others = DATA.work.segments
    changed = replace(first, dinas=others[-1].dinas)
    return write_work(replace(DATA.work, segments=(changed, *others)))


ALL = BOTH | {"data/segments.json": with_dinas(), "data/handover_columns.json": COLUMNS}


def test_what_fits_is_used_and_laid_over_what_is_beneath() -> None:
    composed = SHIPPED.compose(Content(), PLACE, OnScreen({**ALL, "silence_s": 60}))
    assert composed.own.misfits == ()
    assert composed.own.kept == ALL
    said = composed.languages.texts
    assert (said["id"].say(KEY), said["en"].say(KEY)) == ("Terus", "Go on")
    assert composed.data.work.segments[0].dinas == DATA.work.segments[-1].dinas
    assert composed.data.handover.columns == DATA.handover.columns[::-1]
    beneath = composed.beneath
    assert (beneath.data.work, beneath.languages.texts) == (DATA.work, LANGUAGES.texts)
    assert put_together(composed.layers, {"silence_s": 60, **ALL}).settings.silence_s == 60


def test_it_goes_over_what_the_kabupaten_says() -> None:
    kabupaten = Content(texts={"id": {KEY: "Maju", OTHER: "Pergi"}, "en": {KEY: "On", OTHER: "Go"}})
    said = SHIPPED.compose(kabupaten, PLACE, OnScreen(BOTH)).languages.texts
    assert (said["id"].say(KEY), said["en"].say(KEY)) == ("Terus", "Go on")
    assert (said["id"].say(OTHER), said["en"].say(OTHER)) == ("Pergi", "Go")


def test_data_counts_only_while_there_is_no_centre_and_sentences_always() -> None:
    composed = SHIPPED.compose(Content(), PLACE, OnScreen(ALL, joined=True))
    assert (composed.data.work, composed.data.handover) == (DATA.work, DATA.handover)
    assert composed.languages.texts["id"].say(KEY) == "Terus"
    assert composed.own.misfits == (
        OwnMisfit("handover_columns.json", Unfit.OF_THE_CENTRE),
        OwnMisfit("segments.json", Unfit.OF_THE_CENTRE),
    )


def test_the_days_of_a_tariff_that_the_kabupaten_sent_stay_known() -> None:
    """Else the program would find its data outdated, and begin anew again and again."""
    tariff = (RESOURCES / "data" / "tariff.json").read_text("utf-8")
    sent = Content(data={"tariff.json": tariff})
    alone = SHIPPED.compose(sent, PLACE).data.chosen
    beside = SHIPPED.compose(sent, PLACE, OnScreen(ALL)).data.chosen
    assert beside == alone
    assert not beside.is_outdated(alone.on)


# ------------------------------------------------------------ what does not fit

OF_A_SENTENCE: list[dict[str, Any]] = [
    {f"text/id/{KEY}": "Terus"},
    {**BOTH, f"text/id/{KEY}": "Terus {where}"},
    {**BOTH, f"text/id/{KEY}": "Terus " * 20},
    {**BOTH, f"text/en/{KEY}": " "},
    {**BOTH, f"text/zz/{KEY}": "Terus"},
]


@pytest.mark.parametrize("rows", OF_A_SENTENCE)
def test_a_sentence_that_does_not_fit_is_left_out_in_every_language(rows: dict[str, Any]) -> None:
    other = {f"text/id/{OTHER}": "Pergi", f"text/en/{OTHER}": "Leave"}
    own = fit(BENEATH, {**rows, **other}, joined=False)
    assert own.misfits == (OwnMisfit(KEY, Unfit.TEXT),)
    assert rows_of(own.used) == other


@pytest.mark.parametrize("key", ["no.such_sentence", "language.name", "consent.title"])
def test_a_sentence_that_the_program_has_no_more_or_keeps_to_itself_is_left_out(key: str) -> None:
    own = fit(BENEATH, {f"text/id/{key}": "Ya", f"text/en/{key}": "Yes"}, joined=False)
    assert own.misfits == (OwnMisfit(key, Unfit.TEXT),)
    assert own.used == Content()


@pytest.mark.parametrize("value", [1, True, None, [], {}, ["Terus"]])
def test_a_row_of_another_kind_is_left_out(value: Any) -> None:
    own = fit(BENEATH, {**BOTH, f"text/en/{KEY}": value}, joined=False)
    assert own.misfits == (OwnMisfit(KEY, Unfit.UNREADABLE),)
    assert own.used == Content()


OF_A_FILE = [
    ("data/segments.json", "{", Unfit.DATA),
    ("data/segments.json", "{}", Unfit.DATA),
    ("data/segments.json", with_dinas()[:-40], Unfit.DATA),
    ("data/handover_columns.json", '{"version": "2026-11-27", "columns": []}', Unfit.DATA),
    ("data/tariff.json", "{}", Unfit.UNREADABLE),
    ("data/../settings.json", "{}", Unfit.UNREADABLE),
    ("text/id", "Terus", Unfit.UNREADABLE),
    ("text/ID/common.next", "Terus", Unfit.UNREADABLE),
]


@pytest.mark.parametrize(("key", "value", "why"), OF_A_FILE)
def test_a_file_that_cannot_be_read_is_left_out(key: str, value: str, why: Unfit) -> None:
    rows = own_rows({**BOTH, key: value, "silence_s": 60})
    own = fit(BENEATH, rows, joined=False)
    if key in rows:
        assert [one.why for one in own.misfits] == [why]
    assert rows_of(own.used) == BOTH


def test_segments_of_a_program_with_other_jobs_are_left_out() -> None:
    """A job that came with an upgrade is not hidden by a list that was changed before."""
    first, *others = DATA.work.segments
    fewer = write_work(replace(DATA.work, segments=(replace(first, jobs=first.jobs[1:]), *others)))
    own = fit(BENEATH, {"data/segments.json": fewer}, joined=False)
    assert own.misfits == (OwnMisfit("segments.json", Unfit.OTHER_JOBS),)
    of_transport = replace(first.jobs[0], sector=Sector.TRANSPORT)
    other = replace(first, jobs=(of_transport, *first.jobs[1:]))
    dearer = write_work(replace(DATA.work, segments=(other, *others)))
    assert fit(BENEATH, {"data/segments.json": dearer}, joined=False).misfits == own.misfits
    upgraded = Beneath(replaced(DATA, {"segments.json": fewer}, own_layouts=False), LANGUAGES)
    assert fit(upgraded, {"data/segments.json": fewer}, joined=False).misfits == ()


def test_what_the_kabupaten_shortened_may_not_fit_any_more() -> None:
    long = "S" * int(len(LANGUAGES.texts["id"].say("menu.title")) * 1.2)
    rows = {"text/id/menu.title": long, "text/en/menu.title": long}
    assert fit(BENEATH, rows, joined=False).misfits == ()
    short = with_sentences(LANGUAGES, {code: {"menu.title": "Halo"} for code in LANGUAGES.texts})
    own = fit(Beneath(DATA, short), rows, joined=False)
    assert own.misfits == (OwnMisfit("menu.title", Unfit.TEXT),)


keys = st.one_of(
    st.sampled_from([*ALL, f"text/id/{OTHER}", f"text/en/{OTHER}", "data/tariff.json", "text/"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20).map(
        "text/id/".__add__
    ),
    st.text(max_size=12).map("data/".__add__),
)
values = st.one_of(
    st.sampled_from([*ALL.values(), "Lanjut", "Go on", "", "{", "{}", json.dumps({"version": 1})]),
    st.text(max_size=60),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2),
        max_leaves=3,
    ),
)


@given(st.dictionaries(keys, values, max_size=8), st.booleans())
def test_whatever_the_rows_say_a_kiosk_can_be_composed_of_them(
    rows: dict[str, Any], joined: bool
) -> None:
    composed = SHIPPED.compose(Content(), PLACE, OnScreen(rows, joined))
    told = {one.part for one in composed.own.misfits}
    for row, value in rows_of(composed.own.used).items():
        assert rows[row] == value
        assert row.rpartition("/")[2] not in told
    assert len(rows_of(composed.own.used)) == len(rows) or told
    assert put_together(composed.layers, rows).settings == Settings()
    assert not set(composed.own.kept) & set(DECLARED)
