"""The console on a real centre: signing in, the fleet as exchanges left it, and what is done."""

import signal
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from central.enrolled import OFFICE, OTHER_OFFICE, connect
from central.fixtures import Centre
from central.offices import OfficeKiosk, Offices, offices_of
from PySide6.QtGui import QGuiApplication
from samples import load_texts

from kiosk.central.signing import SigningKey, make_signing_key
from kiosk.central.staff import add
from kiosk.central.token import Token, read_token, write_token
from kiosk.composition import Place as KioskPlace
from kiosk.console_access import read_place
from kiosk.domain.configuration import Content
from kiosk.domain.fleet import Problem
from kiosk.domain.staff import CentreRole
from kiosk.fleet import Draft, Trial, newest, orders, publish
from kiosk.keys.passphrase import Cost
from kiosk.sync.joining import Own, make_own

from .console_stage import (
    HEALTH,
    PASSWORD,
    Admin,
    at_console,
    console_for,
    known_place,
    now_clock,
    populate,
)

SAY = load_texts().say


@pytest.fixture
def place(centre: Centre, tmp_path: Path, application: QGuiApplication) -> Path:
    """An admin who was signed in here before."""
    return known_place(centre, tmp_path)


@pytest.fixture
def offices(centre: Centre, tmp_path: Path) -> Iterator[Offices]:
    folder = tmp_path / "offices"
    folder.mkdir()
    made = offices_of(centre, folder)
    yield made
    made.close()


def told(**other: object) -> dict[str, object]:
    """What a healthy kiosk tells of itself, but for this."""
    now = now_clock().now()
    return {**HEALTH, "clock_at": now.isoformat(), "backup_at": now.isoformat(), **other}


# ------------------------------------------------------------ signing in


def test_who_was_here_before_needs_the_password_alone(place: Path) -> None:
    with at_console(place) as admin:
        admin.sign_in("salah sekali 123")
        assert admin.text("signInProblem") == SAY("console.sign_in.not_let_in")
        admin.sign_in()
        assert admin.app.console.page == "fleet"
        assert admin.says("Admin Kabupaten")
        admin.tap("consoleLeave")
        assert admin.app.console.page == "sign_in"
        assert PASSWORD not in "".join(map(str, read_text_of(place.parent)))


def test_who_goes_away_is_signed_out_and_who_types_is_not(place: Path) -> None:
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap("enrol")
        for _ in range(2):
            for _second in range(1000):
                admin.app.console.tick()
            admin.write("kiosk_name", "L")
        assert admin.app.console.page == "fleet"
        for _second in range(1800):
            admin.app.console.tick()
        admin.settle()
        assert admin.app.console.page == "sign_in"
        assert not admin.app.console.filling


def read_text_of(folder: Path) -> list[str]:
    return [file.read_text("utf-8", "replace") for file in folder.rglob("*") if file.is_file()]


def test_the_first_time_a_token_is_given_a_password(
    centre: Centre, place: Path, tmp_path: Path
) -> None:
    token = write_token(add(console_for(centre, place), "Hendra W.", CentreRole.KABUPATEN_ADMIN))
    new = tmp_path / "other" / "centre.json"
    with at_console(new) as admin:
        paste(admin, "signInToken", token)
        admin.write("signInPassword", "pendek")
        admin.write("signInAgain", "pendek")
        admin.tap("signIn")
        assert admin.text("signInProblem") == SAY("console.sign_in.short", least=12)
        admin.write("signInPassword", PASSWORD)
        admin.write("signInAgain", PASSWORD)
        admin.tap("signIn")
        assert admin.app.console.page == "fleet"
        assert admin.says("Hendra W.")
    kept = read_place(new)
    assert kept is not None
    assert kept.name == "Hendra W."
    with at_console(new) as again:
        again.sign_in()
        assert again.app.console.page == "fleet"


def paste(admin: object, field: str, text: str) -> None:
    """What a paste leaves in a box."""
    item = admin.visitor.find(field)  # type: ignore[attr-defined]
    item.setProperty("text", text)
    admin.settle()  # type: ignore[attr-defined]


def test_an_address_that_could_be_read_on_the_way_is_refused(tmp_path: Path, place: Path) -> None:
    with at_console(tmp_path / "new" / "centre.json") as admin:
        admin.tap("wayAddress")
        for address in ("postgresql://pusat.invalid/anjungan", "postgresql:/"):
            admin.write("signInAddress", address)
            admin.write("signInLogin", "staff_00000000")
            admin.write("signInPassword", PASSWORD)
            admin.tap("signIn")
            assert admin.text("signInProblem") == SAY("console.sign_in.unsafe")


def test_a_centre_that_is_gone_says_so_and_what_was_read_stays(
    centre: Centre, place: Path, offices: Offices
) -> None:
    with at_console(place) as admin:
        admin.sign_in()
        before = admin.text("fleetTotal")
        centre.cluster.stop()
        try:
            admin.app.console.refresh()
            admin.settle()
            assert admin.says(SAY("console.failed.c12", code="C 12"))
            assert admin.text("fleetTotal") == before
        finally:
            centre.cluster.start()


# ------------------------------------------------------------ the fleet


def test_the_list_is_as_exchanges_left_it_and_the_urgent_stand_first(
    offices: Offices, place: Path
) -> None:
    offices.here.exchange(offices.here.record(1), health=told(today={"registered": 1}))
    offices.there.exchange(health=told(printer="no_paper", waiting=4))
    with at_console(place) as admin:
        admin.sign_in()
        assert admin.urgent() == [(OTHER_OFFICE, SAY("fleet.what.printer_no_paper"))]
        assert admin.text("fleetTotal") == SAY("console.kiosks", count=2)
        sums = admin.app.console.fleet.sums
        assert (sums["now"], sums["fine"], sums["registered"], sums["waiting"]) == (1, 1, 1, 4)
        offices.there.exchange(health=told())
        for _ in range(30):
            admin.app.console.tick()
        admin.settle()
        assert admin.urgent() == []


def test_a_kiosk_shows_all_of_its_health_and_what_to_say(offices: Offices, place: Path) -> None:
    today = {"registered": 2, "started": 5}
    health = told(printer="no_paper", paper_left=0, waiting=4, parked=1, today=today)
    offices.there.exchange(health={**health, "help_number": "(0254) 281234"})
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap(f"act_{offices.there.number}")
        assert admin.text("kioskPhone") == SAY("fleet.phone.printer_no_paper")
        assert admin.text("kioskRing") == SAY("console.ring", number="(0254) 281234")
        assert admin.text("fact_today") == SAY("console.today", registered=2, started=5)
        assert admin.text("fact_printer") == SAY("console.printer.no_paper")
        assert admin.text("fact_waiting") == "4"
        assert admin.text("fact_parked") == "1"
        assert admin.text("fact_key_level") == "1"
        assert admin.text("fact_disk") == "40,0 GB kosong"


def test_a_kiosk_is_locked_with_a_message_and_that_is_noted(
    centre: Centre, offices: Offices, place: Path
) -> None:
    offices.here.exchange(health=told())
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap(f"kiosk_{offices.here.number}", "do_lock")
        admin.write("message", "Tunggu teknisi")
        assert orders(console_for(centre, place), offices.here.number) == ()
        admin.tap("formSubmit")
        assert admin.text("fact_state") == SAY("centre_console.state_locked")
        assert admin.says(SAY("console.order_waits"))
        got = offices.here.exchange(health=told())
        assert [(one["kind"], one["message"]) for one in got["commands"]] == [
            ("lock", "Tunggu teknisi")
        ]
        admin.tap("backToFleet")
        assert ("Ciruas", SAY("fleet.what.locked")) in admin.urgent()
    with centre.connect() as owner:
        noted = owner.execute("SELECT action, subject FROM centre.audit").fetchall()
    assert ("kiosk_locked", offices.here.number) in noted


def test_a_form_that_is_left_does_nothing(centre: Centre, offices: Offices, place: Path) -> None:
    offices.here.exchange(health=told())
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap(f"kiosk_{offices.here.number}", "do_restart", "formCancel")
        assert orders(console_for(centre, place), offices.here.number) == ()
        admin.tap("do_restart", "formSubmit")
    kinds = [one.kind.value for one in orders(console_for(centre, place), offices.here.number)]
    assert kinds == ["restart"]


def test_a_kiosks_diagnostics_are_asked_for_and_saved(offices: Offices, place: Path) -> None:
    here = offices.here
    here.exchange(health=told())
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap(f"kiosk_{here.number}", "do_diagnostics", "formSubmit")
        asked = here.exchange(health=told())["commands"][0]["id"]
        here.call({"id": asked, "content": b64encode(b"PK zip").decode()}, "put_bundle")
        here.exchange(health=told(), done=[[asked, "done"]])
        admin.app.console.refresh()
        admin.settle()
        admin.tap(f"bundle_{asked}")
        folder = admin.app.console.parts.settings.exchange_folder
        file = folder / f"diagnostics-{here.number}-{asked}.zip"
        assert admin.says(SAY("console.saved", file=file))
        assert file.read_bytes() == b"PK zip"


def test_moving_is_refused_until_everything_is_handed_in(offices: Offices, place: Path) -> None:
    offices.here.exchange(health=told(waiting=3))
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap(f"kiosk_{offices.here.number}", "do_move")
        admin.pick("office", "kragilan")
        admin.tap("formSubmit")
        assert admin.says(SAY("console.not_handed_in", count=3))
        offices.here.exchange(health=told(waiting=3, unexported=0))
        admin.tap("formSubmit")
        assert admin.text("fact_office") == "Kragilan"


def test_a_revoked_kiosk_is_out_at_once(centre: Centre, offices: Offices, place: Path) -> None:
    offices.here.exchange(health=told())
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap(f"kiosk_{offices.here.number}", "do_revoke", "formSubmit")
        assert admin.text("fact_state") == SAY("centre_console.state_revoked")
    with pytest.raises(psycopg.OperationalError, match="not permitted"):
        connect(centre, offices.here.login)


def test_a_new_kiosk_gets_a_token_as_code_and_text(centre: Centre, place: Path) -> None:
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap("enrol", "formSubmit")
        assert admin.says(SAY("console.enrol.missing"))
        admin.pick("office", "tanara")
        admin.write("kiosk_name", "Loket 1")
        admin.tap("formSubmit")
        token = read_token(admin.text("tokenText"))
        assert isinstance(token, Token)
        assert token.is_for_kiosk
        code = admin.visitor.find("tokenCode")
        assert code is not None
        assert code.property("implicitWidth") > 100
        connect(centre, token.login).close()
        admin.tap("closeToken")
        assert admin.says("Tanara")
        assert not admin.app.console.token.shown


# ------------------------------------------------------------ the configuration

PHRASE = "DUA BELAS KATA SANDI JULANG"


def make_key(admin: Admin) -> None:
    admin.tap("page_config", "makeKey")
    admin.write("passphrase", PHRASE)
    admin.write("passphrase_again", PHRASE)
    admin.tap("formSubmit")


@pytest.fixture
def key(place: Path) -> SigningKey:
    """The admin's key on this machine; made in less time than a true one."""
    made = make_signing_key(place.parent / "keys", PHRASE, Cost(memory_kib=64, passes=1, lanes=1))
    assert isinstance(made, SigningKey)
    return made


def draft_silence(admin: Admin, seconds: str) -> None:
    """A draft in which all kiosks wait so long."""
    admin.tap("beginDraft", "addChange", "scope_all")
    admin.pick("setting", SAY("setting.silence_s.label"))
    admin.tap("formSubmit")
    admin.write("value", seconds)
    admin.tap("formSubmit")


def publish_it(admin: Admin, first: str) -> None:
    admin.tap("publishDraft")
    admin.write("why", "Warga butuh waktu")
    admin.pick("trial", first)
    admin.write("passphrase", PHRASE)
    admin.tap("formSubmit")
    # It is opened, checked, tried, sent, and read again.
    admin.settle()


def given_to(kiosk: OfficeKiosk) -> int:
    """The version that the centre gives a kiosk, 0 for none."""
    return int(kiosk.call({"have": 0}, "fetch_config").get("version", 0))


def test_settings_are_published_to_one_kiosk_first_and_rolled_back(
    offices: Offices, place: Path
) -> None:
    for kiosk in (offices.here, offices.there):
        kiosk.exchange(health=told())
    with at_console(place) as admin:
        admin.sign_in()
        make_key(admin)
        assert admin.text("configNone") == SAY("console.config.none")
        draft_silence(admin, "5")
        assert admin.says(SAY("setting.flaw.out_of_limits", least=20, most=300))
        admin.write("value", "60")
        admin.tap("formSubmit")
        assert admin.text("says_kabupaten/silence_s") == SAY("setting.unit.seconds", count=60)
        publish_it(admin, offices.here.number)
        assert admin.text("versionState") == SAY("console.config.state.trial")
        assert (given_to(offices.here), given_to(offices.there)) == (1, 0)
        admin.tap("rollBack")
        admin.write("passphrase", "BUKAN KATA SANDI YANG BENAR")
        admin.tap("formSubmit")
        assert admin.says(SAY("console.config.wrong_passphrase"))
        admin.write("passphrase", PHRASE)
        admin.tap("formSubmit")
        assert (given_to(offices.here), given_to(offices.there)) == (2, 2)
        assert admin.text("versionState") == SAY("console.config.state.published")


def test_a_draft_that_does_not_fit_a_screen_is_not_published(
    offices: Offices, place: Path, key: SigningKey
) -> None:
    offices.here.exchange(health=told())
    asked: list[KioskPlace] = []

    def does_not_fit(_content: Content, at: KioskPlace) -> tuple[Problem, ...]:
        asked.append(at)
        return (Problem("name", "", "does_not_fit", "id"),)

    with at_console(place, rehearse=does_not_fit) as admin:
        admin.sign_in()
        admin.tap("page_config")
        draft_silence(admin, "60")
        publish_it(admin, offices.here.number)
        assert SAY("fleet.problem.does_not_fit") in admin.text("draftProblems")
    assert asked == [KioskPlace(OFFICE, offices.here.number)]
    assert given_to(offices.here) == 0


def published_at(centre: Centre) -> int:
    """How many versions the centre has."""
    with centre.connect() as owner:
        return int(owner.execute("SELECT count(*) FROM centre.config").fetchone()[0])  # type: ignore[index]


@pytest.mark.parametrize("stage", ["rehearsing", "publishing"])
def test_a_centre_that_goes_away_in_the_middle_of_publishing_leaves_the_draft(
    centre: Centre, offices: Offices, place: Path, key: SigningKey, stage: str
) -> None:
    offices.here.exchange(health=told())
    with at_console(place, rehearse=lambda *_: ()) as admin:
        publishing = admin.app.console.config.draft._publishing

        def go_away() -> None:
            if publishing.stage == stage:
                centre.cluster.stop(signal.SIGQUIT)

        admin.sign_in()
        admin.tap("page_config")
        draft_silence(admin, "60")
        publishing.changed.connect(go_away)
        try:
            publish_it(admin, offices.here.number)
        finally:
            publishing.changed.disconnect(go_away)
            centre.cluster.start()
        assert admin.says(SAY("console.config.cut"))
        assert admin.text("says_kabupaten/silence_s") == SAY("setting.unit.seconds", count=60)
        assert published_at(centre) == 0
        publish_it(admin, offices.here.number)
        assert published_at(centre) == 1


def test_of_two_admins_the_second_learns_what_the_first_published(
    centre: Centre, offices: Offices, place: Path, key: SigningKey
) -> None:
    offices.here.exchange(health=told())
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap("page_config")
        draft_silence(admin, "60")
        draft = Draft(None, Content(kabupaten={"silence_s": 50}), "lebih dulu")
        console, trial = console_for(centre, place), Trial(offices.here.number, 10)
        publish(console, key, draft, trial, check=lambda _: (), now=now_clock().now())
        publish_it(admin, offices.here.number)
        assert admin.says(SAY("console.config.somebody_else", version=1))
        assert admin.app.console.config.draft.open


def test_another_admin_publishes_once_both_have_told_each_other_their_keys(
    centre: Centre, offices: Offices, place: Path, key: SigningKey
) -> None:
    offices.here.exchange(health=told())
    console, at = console_for(centre, place), Trial(offices.here.number, 10)
    draft = Draft(None, Content(kabupaten={"silence_s": 50}), "admin pertama")
    publish(console, key, draft, at, check=lambda _: (), now=now_clock().now())
    other = place.parent / "other"
    made = make_signing_key(other, PHRASE, Cost(memory_kib=64, passes=1, lanes=1))
    assert isinstance(made, SigningKey)
    with at_console(place, signing=other) as admin:
        admin.sign_in()
        admin.tap("page_config")
        draft_silence(admin, "60")
        publish_it(admin, offices.here.number)
        assert admin.says(SAY("console.config.not_trusted"))
        assert QGuiApplication.clipboard().text() == made.public
        again = Draft(newest(console), Content(kabupaten={"silence_s": 55}), "", (made.public,))
        publish(console, key, again, at, check=lambda _: (), now=now_clock().now())
        admin.tap("knowAdmin")
        admin.write("other_key", "bukan kunci")
        admin.tap("formSubmit")
        assert admin.says(SAY("console.config.no_key"))
        admin.write("other_key", key.public)
        admin.tap("formSubmit", "version_" + SAY("console.config.draft"), "dropDraft")
        draft_silence(admin, "60")
        publish_it(admin, offices.here.number)
        assert admin.says(SAY("console.config.published", version=3))


def test_a_new_kiosk_trusts_the_key_of_the_admin_who_is_told_when_there_is_none(
    place: Path,
) -> None:
    with at_console(place) as admin:
        admin.sign_in()
        for has_key in (False, True):
            admin.tap("page_fleet", "enrol")
            admin.pick("office", "tanara")
            admin.write("kiosk_name", "Loket 1")
            admin.tap("formSubmit")
            token = read_token(admin.text("tokenText"))
            assert isinstance(token, Token)
            assert bool(token.keys) is has_key
            assert (admin.visitor.find("tokenWithoutKey") is None) is has_key
            if not has_key:
                make_key(admin)


# ------------------------------------------------------------ people and notes


def test_a_person_is_added_with_a_token_and_removed(centre: Centre, place: Path) -> None:
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap("page_staff", "addPerson")
        admin.write("person_name", "Sari")
        admin.tap("person_role_report", "formSubmit")
        token = read_token(admin.text("tokenText"))
        assert isinstance(token, Token)
        assert not token.is_for_kiosk
        own = make_own(write_token(token), place.parent, "kata sandi milik Sari")
        assert isinstance(own, Own)
        admin.tap("closeToken", "page_staff")
        assert admin.says("Sari")
        admin.tap(f"remove_{own.login.role}", "formSubmit")
        assert admin.says(SAY("console.staff.removed"))
        admin.tap("page_notes", "notes_audit")
        assert admin.says(SAY("console.deed.staff_removed"))
        assert admin.says(SAY("console.deed.staff_claimed"))
    with pytest.raises(psycopg.OperationalError, match="not permitted"):
        connect(centre, own.login)


# ------------------------------------------------------------ how much fits


def test_29_kiosks_fit_on_a_small_screen_without_scrolling(centre: Centre, place: Path) -> None:
    clock = now_clock()
    troubled = {
        place: {"printer": "no_paper"} if place < 3 else {"paper_left": 5} for place in range(7)
    }
    populate(centre, 29, clock.now(), troubled)
    with at_console(place, clock) as admin:
        admin.sign_in()
        for name in ("fleetLines", "fleetTiles"):
            view = admin.visitor.find(name)
            assert view is not None
            assert not view.property("interactive")


def test_of_a_thousand_kiosks_only_those_in_sight_are_drawn(centre: Centre, place: Path) -> None:
    clock = now_clock()
    troubled = {one: {"silent": timedelta(hours=2)} for one in range(0, 1000, 3)}
    populate(centre, 1000, clock.now(), troubled)
    with at_console(place, clock) as admin:
        admin.sign_in()
        assert admin.app.console.fleet.sums["kiosks"] == 1000
        drawn = [item for item in admin.visitor.items() if str(item.objectName())[:4] == "act_"]
        assert 5 < len(drawn) < 60
        admin.tap("consoleLeave")
        assert not admin.says("Baros")
