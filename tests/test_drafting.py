"""A draft of the configuration: what is put in is told, and what is taken out is gone."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.configuration import Content
from kiosk.domain.setting import Owner
from kiosk.drafting import (
    KABUPATEN,
    Change,
    carried_over,
    changes_between,
    given_in,
    said_in,
    settings_for,
    with_value,
)
from kiosk.settings import DECLARED

FILES = st.dictionaries(st.sampled_from(("segments.json", "tariff.2027-01-01.json")), st.text())
CONTENTS = st.builds(
    Content,
    kabupaten=st.dictionaries(st.sampled_from(("silence_s", "office")), st.integers()),
    data=FILES,
    texts=st.dictionaries(
        st.sampled_from(("id", "en")),
        st.dictionaries(st.sampled_from(("common.next", "idle.title")), st.text(), min_size=1),
    ),
)
SCOPES = st.sampled_from((KABUPATEN, "36.04.09", "36.04.16", "10917", "10918"))
NAMES = st.sampled_from(("silence_s", "ask_birthplace", "office"))
VALUES = st.one_of(st.integers(), st.booleans(), st.text(), st.none())


@given(st.lists(st.tuples(SCOPES, NAMES, VALUES)))
def test_the_last_value_of_each_setting_counts(put: list[tuple[str, str, object]]) -> None:
    content, wanted = Content(), {}
    for scope, name, value in put:
        content = with_value(content, scope, name, value)
        wanted[scope, name] = value
    said = {(one.scope, one.name): one.after for one in said_in(content)}
    kept = {place: value for place, value in wanted.items() if value is not None}
    assert [(place, repr(said[place])) for place in sorted(said)] == [
        (place, repr(kept[place])) for place in sorted(kept)
    ]


def test_what_is_taken_out_leaves_no_empty_scope() -> None:
    content = with_value(Content(), "10917", "silence_s", 60)
    assert given_in(content, "10917") == {"silence_s": 60}
    assert with_value(content, "10917", "silence_s", None) == Content()


def test_one_and_true_are_two_values() -> None:
    before = with_value(Content(), KABUPATEN, "silence_s", 1)
    after = with_value(before, KABUPATEN, "silence_s", True)
    assert changes_between(before, after) == (Change(KABUPATEN, "silence_s", 1, True),)


def test_only_the_kabupaten_as_a_whole_is_given_what_belongs_to_it() -> None:
    owners = {DECLARED[name].owner for name in settings_for(KABUPATEN)}
    assert owners == {Owner.KABUPATEN, Owner.OFFICE}
    assert {DECLARED[name].owner for name in settings_for("10917")} == {Owner.OFFICE}


@given(CONTENTS, CONTENTS)
def test_every_change_taken_back_gives_what_was_before(before: Content, after: Content) -> None:
    content = after
    for one in changes_between(before, after):
        content = with_value(content, one.scope, one.name, one.before)
    assert changes_between(before, content) == ()
    assert content == before


@given(CONTENTS, CONTENTS, CONTENTS)
def test_a_draft_carried_over_changes_the_same_of_the_newest(
    before: Content, after: Content, newest: Content
) -> None:
    made = carried_over(after, before, newest)
    mine = {(one.scope, one.name): one.after for one in changes_between(before, after)}
    said = {(one.scope, one.name): one.after for one in said_in(made)}
    theirs = {(one.scope, one.name): one.after for one in said_in(newest)}
    wanted = {**theirs, **mine}
    assert said == {place: value for place, value in wanted.items() if value is not None}
    assert carried_over(after, before, before) == after


def test_sentences_and_files_are_named_by_key_and_file() -> None:
    after = Content(data={"segments.json": "{}"}, texts={"en": {"common.next": "Go on"}})
    assert changes_between(Content(), after) == (
        Change("data", "segments.json", None, "{}"),
        Change("text", "common.next", None, {"en": "Go on"}),
    )
