"""Practising: everything is there to practise with, and nothing of it can be taken for real."""

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from samples import NOW, RESOURCES, StillClock, make_application

import main
from kiosk.accounts import Place, SignedIn, sign_in
from kiosk.data import load_data
from kiosk.desk import lists
from kiosk.desk.recap import recap
from kiosk.desk.session import Desk
from kiosk.domain.audit import ChainWhole
from kiosk.domain.desk import Page, View
from kiosk.domain.recap import Recap
from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import is_practice_number
from kiosk.domain.staff import Role
from kiosk.domain.trust import Trust
from kiosk.facts import OfficeFacts
from kiosk.handover.batches import FileKind, OnlyPractice, export, hand_over
from kiosk.languages import load_languages
from kiosk.opening import open_own
from kiosk.practice import ADMIN_NAME, FOLDER, NAME, PIN, practice_settings, prepare
from kiosk.registration import Registered, register
from kiosk.settings import Settings
from kiosk.storage.engine import StoreFailure
from kiosk.storage.store import Store
from kiosk.trust import Genuine, Practice, check_slip, read_trust
from printing import verify
from printing.papers import PAPERS, Paper
from printing.slips import Slips
from ui import composing


@pytest.fixture
def work(tmp_path: Path) -> Settings:
    """The kiosk at work."""
    return Settings(
        store_folder=tmp_path / "store",
        slips_folder=tmp_path / "slips",
        data_folder=tmp_path / "data",
        keys_folder=tmp_path / "keys",
    )


@pytest.fixture
def settings(work: Settings, clock: StillClock) -> Settings:
    """The practice beside it, made."""
    return prepare(work, RESOURCES, clock)


@pytest.fixture
def practice(settings: Settings) -> Iterator[Store]:
    _, store = open_own(settings, practice=True)
    with closing(store):
        yield store


@pytest.fixture
def desk(practice: Store, settings: Settings, clock: StillClock) -> Desk:
    """Somebody who practises, signed in."""
    outcome = sign_in(practice, NAME, PIN, Place.DESK, clock)
    assert isinstance(outcome, SignedIn)
    facts = OfficeFacts(load_data(RESOURCES, settings.data_folder), settings, clock)
    return Desk(practice, facts, clock, outcome.account)


def slips_of(settings: Settings, clock: StillClock, *, practice: bool = True) -> Slips:
    keys, store = open_own(settings, practice=practice)
    store.close()
    data = load_data(RESOURCES, settings.data_folder)
    texts = load_languages(RESOURCES / "texts").texts
    facts = OfficeFacts(data, settings, clock)
    return Slips(settings, texts, data.benefits, data.payment, keys, facts)


def real_one(work: Settings, clock: StillClock) -> Registration:
    """Somebody whom the kiosk at work registers."""
    _, store = open_own(work)
    with closing(store):
        outcome = register(store, make_application("real"), clock)
    assert isinstance(outcome, Registered)
    return outcome.registration


def page(desk: Desk, view: View) -> Page:
    shown = lists.page(desk, view)
    assert isinstance(shown, Page)
    return shown


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_there_is_somebody_in_every_state_and_everything_to_practise(desk: Desk) -> None:
    rows = page(desk, View.ALL).rows
    assert {row.status for row in rows} == set(Status)
    assert 28 <= len(rows) <= 36
    assert len(page(desk, View.SLIP_NOT_OUT).rows) == 3
    assert any(row.late for row in page(desk, View.NOT_HANDED_OVER).rows)
    assert len(page(desk, View.NEEDS_ATTENTION).rows) > 5
    assert len(page(desk, View.TODAY).rows) == 8


def test_both_accounts_sign_in_with_the_pin_that_may_be_shown(
    practice: Store, clock: StillClock
) -> None:
    roles = []
    for name in (NAME, ADMIN_NAME):
        outcome = sign_in(practice, name, PIN, Place.KIOSK, clock)
        assert isinstance(outcome, SignedIn)
        roles.append(outcome.account.role)
    assert roles == [Role.SUPERVISOR, Role.ADMIN]


def test_the_people_are_the_same_every_time(tmp_path: Path, clock: StillClock) -> None:
    told = []
    for name in ("one", "two"):
        made = prepare(Settings(data_folder=tmp_path / name), RESOURCES, clock)
        _, store = open_own(made, practice=True)
        with closing(store), store.reading() as record:
            told.append([record.find(f"practice-{serial:03}") for serial in (1, 17, 32)])
    people = [[one.application.resident for one in some if one] for some in told]
    assert people[0] == people[1]
    assert len(people[0]) == 3


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31), date(2027, 3, 1)])
def test_it_can_be_made_on_any_day(work: Settings, day: date) -> None:
    moment = NOW.replace(year=day.year, month=day.month, day=day.day, hour=17, minute=5)
    prepare(work, RESOURCES, StillClock(moment))


def test_what_was_practised_is_there_the_next_time(
    work: Settings, settings: Settings, practice: Store, clock: StillClock
) -> None:
    register(practice, make_application("mine"), clock)
    assert prepare(work, RESOURCES, clock) == settings
    with practice.reading() as record:
        assert record.find("mine") is not None


def test_a_practice_that_was_cut_off_while_it_was_made_is_made_anew(
    work: Settings, clock: StillClock
) -> None:
    half = work.data_folder / f"{FOLDER}.new" / "store"
    half.mkdir(parents=True)
    (half / "anjungan.db").write_bytes(b"half")
    _, store = open_own(prepare(work, RESOURCES, clock), practice=True)
    store.close()
    assert not half.exists()


# ------------------------------------------------------------ never mixed with the real one


def test_practising_leaves_the_kiosk_at_work_as_it_is(work: Settings, clock: StillClock) -> None:
    _, store = open_own(work)
    register(store, make_application("real"), clock)
    store.close()
    folders = (work.store_folder, work.keys_folder)
    before = [files_in(folder) for folder in folders]
    practice = prepare(work, RESOURCES, clock)
    _, opened = open_own(practice, practice=True)
    register(opened, make_application("mine"), clock)
    opened.close()
    assert [files_in(folder) for folder in folders] == before
    _, store = open_own(work)
    with closing(store), store.reading() as record:
        assert record.find("mine") is None
        assert record.find("real") is not None


def test_neither_store_opens_in_place_of_the_other(
    work: Settings, settings: Settings, clock: StillClock
) -> None:
    with pytest.raises(StoreFailure, match="is for practice") as refused:
        open_own(settings)
    assert refused.value.code == "S 15"
    _, store = open_own(work)
    store.close()
    with pytest.raises(StoreFailure, match="holds real people"):
        open_own(work, practice=True)


def test_every_folder_of_the_practice_is_its_own(work: Settings) -> None:
    practice = practice_settings(work)
    for name in ("store_folder", "slips_folder", "data_folder", "keys_folder"):
        assert getattr(practice, name).parent == work.data_folder / FOLDER


def test_a_real_number_never_looks_like_one_to_practise_with(
    work: Settings, clock: StillClock, desk: Desk
) -> None:
    assert all(is_practice_number(row.number) for row in page(desk, View.ALL).rows)
    assert not is_practice_number(real_one(work, clock).number)


def test_nothing_of_it_is_handed_over(
    desk: Desk, practice: Store, settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    assert hand_over(practice, desk.account, clock) == OnlyPractice()
    data = load_data(RESOURCES, settings.data_folder)
    outcome = export(
        practice,
        desk.account,
        1,
        FileKind.CSV,
        tmp_path,
        columns=data.handover,
        work=data.work,
        clock=clock,
    )
    assert outcome == OnlyPractice()
    assert not list(tmp_path.glob("penyerahan*"))


# ------------------------------------------------------------ its slips


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_slip_says_contoh_across_the_page(
    practice: Store, settings: Settings, clock: StillClock, paper: Paper, language: str
) -> None:
    slips = slips_of(replace(settings, paper=paper.name), clock)
    with practice.reading() as record:
        registration = record.find("practice-001")
    assert registration is not None
    spoken = replace(registration, application=replace(registration.application, language=language))
    for copy in (0, 1):
        text = pypdfium2.PdfDocument(slips.render(spoken, copy))[0].get_textpage()
        assert text.get_text_range().count("CONTOH") > 2


def test_a_real_slip_does_not(work: Settings, settings: Settings, clock: StillClock) -> None:
    pdf = slips_of(settings, clock).render(real_one(work, clock), 0)
    assert "CONTOH" not in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def test_no_slip_of_it_is_genuine_whoever_trusts_its_key(
    practice: Store, settings: Settings, clock: StillClock
) -> None:
    slips = slips_of(settings, clock)
    with practice.reading() as record:
        registration = record.find("practice-001")
    assert registration is not None
    code = slips.content(registration, 0).qr_text
    trusted = read_trust(slips.keys.public_keys, None)
    for trust in (trusted, Trust({})):
        assert check_slip(code, trust) == Practice()
        out = io.StringIO()
        assert verify.run([code], trust, out, None) == 1
        assert out.getvalue().startswith("practice:")


def test_a_real_slip_is_still_genuine(work: Settings, clock: StillClock) -> None:
    real = real_one(work, clock)
    slips = slips_of(work, clock, practice=False)
    code = slips.content(real, 0).qr_text
    assert isinstance(check_slip(code, read_trust(slips.keys.public_keys, None)), Genuine)


def test_its_recap_is_called_one_and_its_audit_is_whole(desk: Desk) -> None:
    made = recap(desk, desk.facts.today)
    assert isinstance(made, Recap)
    assert made.practice
    assert isinstance(made.chain, ChainWhole)
    assert [series.gaps for series in made.series] == [()]


def test_a_kiosk_at_work_does_not_start_on_a_practice(
    settings: Settings, clock: StillClock
) -> None:
    with pytest.raises(StoreFailure), composing.open_kiosk(settings, clock):
        pass


@pytest.mark.parametrize("command", ["setup", "demo", "verify"])
def test_what_cannot_be_practised_is_refused(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main.main(["--practice", command])
    assert "--practice" in capsys.readouterr().err
