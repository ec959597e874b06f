"""Joining on a terminal: with a token from a file, or typed in several lines."""

from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from central.enrolled import OFFICE, console_of
from central.fixtures import Centre
from samples import StillClock, load_texts

from kiosk.central.enrolment import Enrolled, enrol
from kiosk.central.token import in_lines, write_token
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.sync.join_command import run
from kiosk.terminal import Terminal


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        store_folder=tmp_path / "store",
        keys_folder=tmp_path / "keys",
    )


@pytest.fixture
def enrolled(centre: Centre, tmp_path: Path) -> Enrolled:
    return enrol(console_of(centre, tmp_path), "Loket 1", OFFICE)


def _run(
    settings: Settings, file: Path | None, typed: Sequence[str] = (), moved: str = ""
) -> list[str]:
    told: list[str] = []
    lines = iter(typed)
    terminal = Terminal(lambda _prompt: next(lines), lambda _prompt: "", told.append)
    code = run(settings, Namespace(token=file, moved=moved), load_texts(), StillClock(), terminal)
    return [str(code), *told]


def test_a_token_in_a_file(settings: Settings, enrolled: Enrolled, tmp_path: Path) -> None:
    file = tmp_path / "token.txt"
    file.write_text(in_lines(write_token(enrolled.token)))
    code, told = _run(settings, file)
    assert code == "0"
    assert enrolled.number in told
    _keys, store = open_own(settings)
    with closing(store), store.transaction() as record:
        assert record.identity().kiosk_number == enrolled.number


def test_a_token_typed_in_lines(
    settings: Settings, enrolled: Enrolled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    lines = in_lines(write_token(enrolled.token)).splitlines()
    code, _told = _run(settings, None, [*lines, ""])
    assert code == "0"


def test_what_is_wrong_is_said(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "token.txt"
    file.write_text("ABPU1-AAAAA")
    assert _run(settings, file) == ["1", load_texts().say("join.damaged")]
    assert _run(settings, tmp_path / "nowhere")[0] == "1"


def test_the_centre_has_moved(
    settings: Settings, enrolled: Enrolled, centre: Centre, tmp_path: Path
) -> None:
    file = tmp_path / "token.txt"
    file.write_text(write_token(enrolled.token))
    url = centre.url("", "").replace("127.0.0.1", "localhost").replace(":@", "")
    texts = load_texts()
    assert _run(settings, None, moved=url) == ["1", texts.say("join.not_let_in")]
    _run(settings, file)
    away = url.replace(str(centre.cluster.port), "1")
    assert _run(settings, None, moved=away) == ["1", texts.say("join.not_reached")]
    assert _run(settings, None, moved=url) == ["0", texts.say("join.moved")]
    _keys, store = open_own(settings)
    with closing(store), store.reading() as record:
        membership = record.centre.membership()
    assert membership is not None
    assert membership.hosts == (f"localhost:{centre.cluster.port}",)
