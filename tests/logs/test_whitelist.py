"""Nothing personal passes into the log, whatever a caller does."""

import ast
import io
import json
import logging
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leaks import WAYS, Person, thrown
from samples import ROOT

from kiosk.domain.failures import DataFailure, KioskFailure
from kiosk.domain.store_health import JournalProblem
from kiosk.logs.entries import EVENTS, JournalTroubled, Stopped, bug, failed
from kiosk.logs.lines import read_back
from kiosk.logs.writing import OLD_LOGS, clean_log, log_files, report

log = logging.getLogger("anjungan.visit")
PEOPLE = st.builds(
    Person,
    nik=st.from_regex(r"3604[0-9]{12}", fullmatch=True),
    name=st.from_regex(r"Q[A-Z]{5,9} X[A-Z]{5,9}", fullmatch=True),
    phone=st.from_regex(r"08[0-9]{8,11}", fullmatch=True),
)


@contextmanager
def written() -> Iterator[Callable[[], str]]:
    """A program that logs; gives what reached its standard error and its files."""
    root, terminal = logging.getLogger(), io.StringIO()
    before, root.handlers = root.handlers, []
    try:
        with (
            TemporaryDirectory() as folder,
            redirect_stderr(terminal),
            clean_log(),
            log_files(Path(folder), "kiosk"),
        ):
            yield (
                lambda: (
                    terminal.getvalue()
                    + "".join(file.read_text() for file in Path(folder).iterdir())
                )
            )
    finally:
        root.handlers = before


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@settings(max_examples=10)
@given(person=PEOPLE)
def test_a_person_reaches_neither_file_nor_standard_error(
    way: Callable[[str], None], person: Person
) -> None:
    with written() as found:
        for said in (*person.data, " ".join(person.data)):
            way(said)
        assert lines(found())
        assert not person.is_in(found())


def test_what_is_declared_is_written() -> None:
    with written() as found:
        log.error(failed(KioskFailure("S 14", "somebody's name")))
        log.error(failed(DataFailure("tariff.json", 12, "somebody's name")))
        log.error(JournalTroubled(JournalProblem.GONE))
        log.info(Stopped())
        told = [
            {key: value for key, value in line.items() if key not in {"at", "severity", "log"}}
            for line in lines(found())
        ]
    failure = {"event": "failure", "code": "S 14"}
    broken = {"event": "failure", "code": "D 11", "file": "tariff.json", "line": 12}
    refused = {"event": "journal", "problem": "gone"}
    # Standard error first, then the file, which alone hears of what is in order.
    assert told == [failure, broken, refused, failure, broken, refused, {"event": "stopped"}]


def test_a_bug_is_told_by_its_class_and_its_places() -> None:
    with written() as found:
        log.error(bug(thrown("somebody", RuntimeError)))
        told = lines(found())[0]
    assert (told["event"], told["kind"]) == ("bug", "RuntimeError")
    assert [re.sub(r"[0-9]+", "N", place) for place in told["places"]] == ["leaks.py:N"]


def test_of_free_words_the_place_is_left(caplog: pytest.LogCaptureFixture) -> None:
    with written() as found:
        log.warning("the words of %s", "somebody")
        told = lines(found())[0]
    assert (told["event"], told["log"], told["severity"]) == (
        "withheld",
        "anjungan.visit",
        "warning",
    )
    assert str(told["places"]).startswith("['test_whitelist.py:")


def test_a_failure_says_its_sentence_only_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr("sys.stderr", terminal)
    report(DataFailure("kiosk.toml", 0, "there is no setting 'x'"))
    assert terminal.getvalue() == ""
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    report(DataFailure("kiosk.toml", 0, "there is no setting 'x'"))
    assert "there is no setting 'x'" in terminal.getvalue()


def test_a_full_log_is_put_aside_and_the_oldest_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.logs.writing.LOG_BYTES", 500)
    with clean_log(), log_files(tmp_path / "logs", "desk"):
        for _ in range(100):
            log.info(Stopped())
    found = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in found] == [
        "desk.log",
        *(f"desk.log.{n + 1}" for n in range(OLD_LOGS)),
    ]
    assert all(file.stat().st_size <= 500 for file in found)
    assert {stat.S_IMODE(file.stat().st_mode) for file in found} == {0o600}
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700


def test_without_a_folder_for_logs_the_program_runs(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("no folder")
    with written() as found, log_files(tmp_path / "logs", "kiosk"):
        log.error(Stopped())
        assert [line["event"] for line in lines(found())][:2] == ["bug", "stopped"]


@settings(max_examples=10)
@given(person=PEOPLE)
def test_lines_that_were_tampered_with_do_not_come_back(person: Person) -> None:
    head: dict[str, object] = {
        "at": "2026-11-22T03:24:05.123+00:00",
        "severity": "error",
        "log": "anjungan.ui",
    }
    name, nik = person.name, person.nik
    planted: list[dict[str, object]] = [
        head | {"event": "failure", "code": name},
        head | {"event": "failure", "code": "S 14", "nik": nik, "line": int(nik), "file": name},
        head | {"event": "bug", "kind": name, "places": [f"{name}.py:1", "run.py:2", {"a": nik}]},
        head | {"event": "bug", "kind": [nik], "places": name},
        head | {"event": "journal", "problem": name},
        head | {"event": "room", "state": nik, "free_mb": float(nik)},
        head | {"event": name},
        {"event": "stopped", **head, "log": name},
        {"event": "stopped", **head, "at": name},
        {"event": "stopped", **head, "severity": nik},
    ]
    texts = [json.dumps(one) for one in planted]
    back = [read_back(text) for text in (*texts, name, nik, f"[{nik}]", f'"{name}"', "{}", "null")]
    assert not person.is_in(str(back))
    assert back[1] == json.dumps(
        head | {"event": "failure", "code": "S 14", "file": "?", "line": "?"}
    )


def test_a_line_comes_back_as_it_was_written() -> None:
    with written() as found:
        log.error(failed(DataFailure("tariff.json", 12, "x")))
        log.error(bug(thrown("x")))
        log.error(JournalTroubled(JournalProblem.GONE))
        assert [read_back(line) for line in found().splitlines()] == found().splitlines()


def test_the_program_logs_nothing_but_entries() -> None:
    """Free words would be withheld: whoever writes them learns it here, and not from the office."""
    entries = {event.__name__ for event in EVENTS.values()} | {"failed", "bug"}
    levels = {"debug", "info", "warning", "error", "critical", "exception", "log"}
    loose = []
    files = [
        ROOT / "main.py",
        *(f for room in ("kiosk", "printing", "ui") for f in (ROOT / room).rglob("*.py")),
    ]
    for file in files:
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            if ast.unparse(call.func.value) != "log" or call.func.attr not in levels:
                continue
            said = call.args[-1] if call.args else None
            names = (
                {
                    ast.unparse(one.func).rpartition(".")[2]
                    for one in ast.walk(said)
                    if isinstance(one, ast.Call)
                }
                if said
                else set()
            )
            if not names & entries:
                loose.append(f"{file.name}:{call.lineno}")
    assert loose == []
