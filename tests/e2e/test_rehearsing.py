"""A draft is tried on real screens and on paper, in a process of its own."""

from kiosk.composition import Place
from kiosk.domain.configuration import Content
from kiosk.domain.fleet import Problem
from ui.rehearsing import rehearse

WIDE = "W" * 40


def test_what_does_not_fit_is_named_in_every_language_and_nothing_else() -> None:
    """Of the office's longest name, which every check lets pass."""
    found = rehearse(Content(kiosks={"10917": {"office": WIDE}}), Place("36.04.09", "10917"))
    assert {one.reason for one in found} == {"does_not_fit"}
    assert {one.scope for one in found} >= {"id idle", "en idle"}
    assert all(WIDE in one.says for one in found)


def test_a_draft_with_which_the_kiosk_would_not_begin_is_named() -> None:
    draft = Content(texts={"id": {"common.next": "Terus"}})
    found = rehearse(draft, Place("36.04.08", "10918"))
    assert found == (Problem("visit", "", "goes_not", "text common.next"),)
