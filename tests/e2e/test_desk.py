"""The staff at the desk: signing in, finding somebody, and what can be done with a record."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from samples import StillClock, load_texts, make_application, nik_of
from sqlalchemy import update

from kiosk.desk.actions import Done, correct
from kiosk.desk.details import open_record
from kiosk.desk.scan import NAME_DIFFERS
from kiosk.domain.desk import Detail
from kiosk.domain.registration import Registration, Status
from kiosk.registration import Registered, register
from kiosk.storage import tables

from .boxes import measure
from .desk_stage import ADMIN, CLERK, PIN, SUPERVISOR, DeskStage, employ
from .effort import assist
from .modes import LYING, UPRIGHT, Panel
from .residents import TRADER
from .stage import OpenStage, Stage, read_codes

SAY = load_texts().say
Key = Qt.Key
NAMES = ("AHMAD SAPRUDIN", "JUHRI", "SITI MARYAM")


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def people(stage: Stage) -> dict[str, Registration]:
    """Three people who registered half an hour apart, the first one five days ago."""
    known = {}
    now = stage.clock.moment
    for place, name in enumerate(NAMES):
        ago = timedelta(days=5) if place == 0 else timedelta(minutes=90 - 30 * place)
        then = StillClock(now - ago)
        applied = make_application(f"id {place}", nik=nik_of(place + 1), name=name)
        made = register(stage.services.store, applied, then)
        assert isinstance(made, Registered)
        known[name] = made.registration
    return known


@pytest.fixture
def desk(stage: Stage, people: dict[str, Registration]) -> DeskStage:
    """The desk with a clerk signed in."""
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    return desk


def stands(stage: Stage, registration: Registration) -> Status:
    rows = [row for row in stage.rows(tables.registration) if row["id"] == registration.id]
    return Status(rows[0]["status"])


def bring_to(stage: Stage, registration: Registration, status: Status) -> None:
    of = tables.registration.c.id == registration.id
    with stage.store_connection() as connection:
        connection.execute(update(tables.registration).where(of).values(status=status.value))


def events(stage: Stage) -> list[str]:
    return [str(row["event"]) for row in stage.rows(tables.audit)]


# ------------------------------------------------------------ coming and going


def test_the_corner_opens_the_desk_and_back_leaves_it(stage: Stage) -> None:
    desk = DeskStage(stage)
    stage.tap("start")
    desk.open()
    assert desk.says(SAY("desk.sign_in.title"))
    desk.tap("signInBack")
    assert stage.app.desk is None
    assert stage.screen == "menu"


def test_a_clerk_signs_in_by_keyboard_and_sees_the_list(desk: DeskStage) -> None:
    assert desk.desk.account == CLERK
    assert desk.names() == ["SITI MARYAM", "JUHRI"]
    desk.tap("view_all")
    assert desk.names() == ["SITI MARYAM", "JUHRI", "AHMAD SAPRUDIN"]
    assert desk.says(SAY("desk.late", count=1))


def test_a_wrong_pin_is_told_and_the_sixth_has_to_wait(stage: Stage) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(pin="402918")
    assert desk.says(SAY("desk.sign_in.wrong"))
    for _ in range(4):
        desk.type("402918")
        desk.hit(Key.Key_Return)
    assert desk.desk.account == ""
    assert desk.says(SAY("desk.sign_in.wait", seconds=15))
    desk.type(PIN)
    desk.hit(Key.Key_Return)
    assert desk.desk.account == ""


def test_signing_out_leaves_nothing_of_anybody(desk: DeskStage) -> None:
    desk.tap("view_all", "signOut")
    assert desk.stage.app.desk is None
    assert desk.stage.screen == "idle"
    assert not any(name in word for word in desk.stage.words() for name in NAMES)
    assert events(desk.stage).count("signed_out") == 1


def test_five_silent_minutes_sign_out_and_keep_half_done_work(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    stage = desk.stage
    desk.open_record(people["JUHRI"].number)
    desk.tap("deed_correct")
    desk.write("name", "juhri bin said")
    stage.fall_silent(301)
    desk_gone = stage.app.desk is None
    assert desk_gone
    assert "JUHRI BIN SAID" not in str(stage.rows(tables.registration))
    desk.open()
    desk.sign_in()
    assert desk.notice == SAY("desk.told.taken_up")
    assert stage.key("name").property("text") == "JUHRI BIN SAID"


def test_an_admin_sees_no_registrations(stage: Stage, people: dict[str, Registration]) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(ADMIN)
    assert desk.desk.account == ADMIN
    assert stage.visitor.find("search") is None
    assert not any(name in word for word in stage.words() for name in NAMES)


# ------------------------------------------------------------ finding somebody


def test_the_search_answers_while_one_types(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    desk.tap("search")
    desk.type("mar")
    assert desk.names() == ["SITI MARYAM"]
    desk.hit(Key.Key_Return)
    assert desk.says(SAY("desk.number", number=group(people["SITI MARYAM"].number)))
    desk.hit(Key.Key_Escape)
    desk.tap("search")
    desk.type(people["JUHRI"].number[-4:])
    assert "JUHRI" in desk.names()


def test_nobody_found_says_what_else_to_try(desk: DeskStage) -> None:
    desk.tap("search")
    desk.type("zzz")
    assert desk.says(SAY("desk.nobody_found"))


def test_the_arrows_go_through_the_list(desk: DeskStage) -> None:
    desk.tap("search")
    desk.hit(Key.Key_Down)
    assert desk.says("SITI MARYAM")
    desk.hit(Key.Key_Down)
    assert desk.stage.key("recordName").property("text") == "JUHRI"


def seal_on_slip(desk: DeskStage, person: Registration) -> str:
    """What the QR code of a person's printed slip says."""
    stage = desk.stage
    stage.services.printing.nudge()
    stage.visitor.wait_until(lambda: len(stage.tray.slips) == 3)
    codes = read_codes(stage.tray.slips[person.number])
    return next(text for text in codes.values() if text.startswith("BPU1"))


def test_a_scanned_slip_opens_its_record_and_asks_for_the_name(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    stage, juhri = desk.stage, people["JUHRI"]
    seal = seal_on_slip(desk, juhri)
    desk.tap("search")
    desk.scan(seal)
    number = group(juhri.number)
    assert stage.key("recordName").property("text") == "JUHRI"
    assert desk.notice == SAY("desk.scan.genuine", number=number, name="JUHRI")
    assert stage.key("search").property("text") == ""
    desk.tap("nameSame")
    assert desk.notice == SAY("desk.name_told.genuine", number=number)
    assert stage.visitor.find("nameSame") is None
    assert NAME_DIFFERS not in events(stage)


def test_another_name_on_a_genuine_slip_is_warned_of_and_kept(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    stage, juhri = desk.stage, people["JUHRI"]
    desk.scan(seal_on_slip(desk, juhri))
    desk.tap("nameDiffers")
    assert desk.notice == SAY("desk.name_told.differs", number=group(juhri.number))
    assert desk.desk.noticeBad
    assert events(stage).count(NAME_DIFFERS) == 1
    assert desk.says(SAY("desk.event.slip_name_differs"))


def test_the_question_for_the_name_goes_with_its_notice(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    stage = desk.stage
    desk.scan(seal_on_slip(desk, people["JUHRI"]))
    desk.scan("10917000")
    assert stage.visitor.find("nameSame") is None
    desk.scan(seal_on_slip(desk, people["JUHRI"]))
    desk.tap("page_recap")
    assert stage.visitor.find("nameDiffers") is None


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("panel", [UPRIGHT, LYING], ids=lambda panel: panel.name)
def test_the_longest_name_leaves_room_for_both_answers(
    desk: DeskStage, people: dict[str, Registration], panel: Panel, language: str
) -> None:
    stage, one = desk.stage, people["JUHRI"]
    name = "MUHAMMAD NUR HIDAYATULLAH ABDURRAHMAN SAPUTRA WIRYODININGRAT"
    detail = open_record(desk.desk.session, one.id)
    assert isinstance(detail, Detail)
    answers = replace(detail.answers, name=name)
    assert isinstance(correct(desk.desk.session, one.id, 1, answers, "KTP"), Done)
    stage.app.window.resize(panel.width, panel.height)
    if language == "en":
        desk.tap("deskLanguage")
    seal = seal_on_slip(desk, one)
    desk.scan(seal)
    assert name in desk.notice
    measured = measure(stage, panel)
    both = {"nameSame", "nameDiffers"}
    keys = [key for key in measured.keys if key.name in both]
    told = [text for text in measured.texts if text.name == desk.notice]
    assert [len(keys), len(told)] == [2, 1]
    faults = replace(measured, keys=tuple(keys), texts=tuple(told)).faults()
    # Keys of the desk may be smaller than those of residents.
    assert [fault for fault in faults if " is only " not in fault] == []


def test_an_altered_slip_is_warned_of(desk: DeskStage, people: dict[str, Registration]) -> None:
    seal = seal_on_slip(desk, people["JUHRI"])
    other = people["SITI MARYAM"].number
    desk.scan(seal.replace(people["JUHRI"].number, other))
    assert desk.notice == SAY("desk.scan.altered", number=group(other))


def test_a_slip_is_judged_by_the_lists_of_the_trusted_folder(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    stage, juhri = desk.stage, people["JUHRI"]
    seal, number = seal_on_slip(desk, juhri), group(juhri.number)
    folder = stage.settings.trust_folder
    folder.mkdir()
    (folder / "void.json").write_text(f'{{"void": ["{juhri.number}"]}}')
    desk.scan(seal)
    assert desk.notice == SAY("desk.scan.void", number=number)
    key = f'{{"key_id": "{stage.keys.key_id}", "accepted": []}}'
    (folder / "revoked.json").write_text(f'{{"revoked": [{key}]}}')
    desk.scan(seal)
    assert desk.notice == SAY("desk.scan.revoked", number=number)


@pytest.mark.parametrize("noise", ["10917000", "109170000425", "%%$#!x/-", "3604095708850007"])
def test_a_scan_that_is_no_slip_is_told(desk: DeskStage, noise: str) -> None:
    desk.scan(noise)
    assert desk.notice.startswith(SAY("desk.scan.nothing", number="").strip()[:20])
    assert desk.stage.visitor.find("recordName") is None


# ------------------------------------------------------------ the record


def test_the_nik_is_hidden_until_looked_at_and_that_is_kept(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    desk.open_record(people["JUHRI"].number)
    assert not desk.says(nik_of(2))
    desk.tap("seeNik")
    assert desk.says(nik_of(2))
    assert "nik_seen" in events(desk.stage)


def test_paid_then_member(desk: DeskStage, people: dict[str, Registration]) -> None:
    stage, juhri = desk.stage, people["JUHRI"]
    bring_to(stage, juhri, Status.ACCEPTED)
    desk.open_record(juhri.number)
    desk.tap("mainDeed")
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.problem.channel_missing"))
    desk.tap("channel_BRILink")
    desk.write("reference", "TRX 0091")
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.paid")
    assert stands(stage, juhri) is Status.PAID
    desk.tap("mainDeed")
    desk.type("1234567890")
    desk.hit(Key.Key_Return)
    assert desk.says(SAY("desk.problem.kpj_digits", digits=10))
    desk.write("kpj", "12345 678901")
    desk.hit(Key.Key_Return)
    assert stands(stage, juhri) is Status.MEMBER


def test_a_correction_keeps_the_old_value_and_needs_a_reason(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    desk.open_record(people["JUHRI"].number)
    desk.tap("deed_correct")
    desk.write("name", "juhri bin said")
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.problem.reason_missing"))
    desk.write("reason", "Ejaan di KTP")
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.corrected")
    assert desk.stage.key("recordName").property("text") == "JUHRI BIN SAID"
    (kept,) = desk.stage.rows(tables.correction)
    assert "JUHRI" in kept["before"]
    assert desk.says("Ejaan di KTP")


def test_a_mistake_is_told_below_its_field_and_nothing_is_lost(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    desk.open_record(people["JUHRI"].number)
    desk.tap("deed_correct")
    desk.write("nik", "1234567890123456")
    desk.write("phone", "12")
    desk.write("reason", "salah ketik")
    desk.tap("formSubmit")
    assert desk.says(SAY("phone.wrong_start"))
    assert desk.stage.key("reason").property("text") == "salah ketik"
    assert desk.stage.rows(tables.correction) == []


def test_only_a_supervisor_makes_void(stage: Stage, people: dict[str, Registration]) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    desk.open_record(people["JUHRI"].number)
    assert stage.visitor.find("deed_void") is None
    desk.tap("signOut")
    desk.open()
    desk.sign_in(SUPERVISOR)
    desk.open_record(people["JUHRI"].number)
    desk.tap("deed_void")
    desk.write("reason", "Daftar dua kali")
    desk.hit(Key.Key_Return)
    assert stands(stage, people["JUHRI"]) is Status.VOID


def test_a_slip_is_printed_again_as_a_copy_or_given(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    stage, juhri = desk.stage, people["JUHRI"]
    stage.services.printing.nudge()
    stage.visitor.wait_until(lambda: len(stage.tray.slips) == 3)
    desk.open_record(juhri.number)
    desk.tap("deed_reprint")
    assert desk.says(SAY("desk.form.copy_why"))
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.problem.copy_why_missing"))
    desk.tap("why_other", "formSubmit")
    assert desk.says(SAY("desk.problem.reason_missing"))
    desk.write("remark", "untuk suaminya")
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.copy_owed", copy=1)
    told = SAY("desk.copy_reason.other")
    assert desk.says(f"{told}: untuk suaminya")
    stage.visitor.wait_until(
        lambda: (
            [
                row["state"]
                for row in stage.rows(tables.print_job)
                if row["registration_id"] == juhri.id
            ]
            == ["unconfirmed", "unconfirmed"]
        )
    )
    desk.desk.refresh()
    desk.settle()
    desk.tap("deed_give_slip")
    assert desk.notice == SAY("desk.told.slip_given")


# ------------------------------------------------------------ registering at the desk


def test_somebody_is_registered_by_keyboard_alone(desk: DeskStage) -> None:
    stage = desk.stage
    desk.tap("register")
    assist(desk, nik_of(9), "entin suprihatin")
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.entered"), stage.words()
    assert stage.key("recordName").property("text") == "ENTIN SUPRIHATIN"
    stage.visitor.wait_until(lambda: len(stage.tray.slips) == 4)
    registered = [row for row in stage.rows(tables.audit) if row["event"] == "registered"]
    assert [bool(row["actor"]) for row in registered] == [False, False, False, True]


def test_somebody_known_is_not_registered_twice(
    desk: DeskStage, people: dict[str, Registration]
) -> None:
    desk.tap("register")
    assist(desk, nik_of(2), "juhri")
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.problem.nik_known"))
    assert len(desk.stage.rows(tables.registration)) == len(people)


def test_nobody_is_registered_without_consent(desk: DeskStage) -> None:
    desk.tap("register")
    assist(desk, nik_of(9), "entin")
    desk.tap("consent", "formSubmit")
    assert desk.says(SAY("consent.missing"))


def group(number: str) -> str:
    return " ".join(number[start : start + 4] for start in range(0, 12, 4))


# ------------------------------------------------------------ helping a resident


def test_a_clerk_takes_a_visit_over_helps_and_hands_it_back(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.tap("help")
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    assert desk.says(SAY("desk.help.title"))
    desk.tap("helpVisit")
    assert stage.app.desk is None
    assert stage.screen == "name"
    assert stage.says(SAY("call.helper", name=CLERK))
    stage.go_on(TRADER)
    stage.wait_for_slip("unconfirmed")
    (registered,) = [row for row in stage.rows(tables.audit) if row["event"] == "registered"]
    (began,) = [row for row in stage.rows(tables.audit) if row["event"] == "help_began"]
    assert registered["actor"] == began["actor"] != ""
    assert began["registration_id"] == registered["registration_id"]
    stage.tap("handBack")
    assert not stage.says(SAY("call.helper", name=CLERK))
    stage.wait_for_work()
    assert events(stage).count("help_ended") == 1


@pytest.mark.parametrize("panel", [UPRIGHT, LYING], ids=lambda panel: panel.name)
def test_who_helps_is_seen_in_the_largest_text_in_both_languages(
    stage: Stage, panel: Panel
) -> None:
    stage.app.window.resize(panel.width, panel.height)
    stage.visitor.settle()
    stage.play(TRADER, until="name")
    stage.app.visit.take_help("account", "Rina Suprihatin")
    for way in ("textSize", "textSize", "language"):
        stage.tap(way)
        assert stage.key("handBack")
        assert measure(stage, panel).faults() == []


def test_help_ends_with_the_visit(stage: Stage) -> None:
    stage.tap("start")
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    desk.tap("helpVisit")
    stage.tap("leave")
    stage.tap("start")
    assert not stage.says(SAY("call.helper", name=CLERK))
    stage.wait_for_work()
    assert events(stage).count("help_ended") == 1


def test_the_clerk_can_go_to_the_desk_while_the_visit_waits(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    desk.tap("toRecords")
    assert desk.desk.page == "records"
    desk.tap("signOut")
    assert stage.screen == "name"


# ------------------------------------------------------------ without a keyboard


def test_a_kiosk_without_a_keyboard_has_one_on_the_screen(stage: Stage) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.tap(
        "staffName", *(f"board{letter}" for letter in "RINA"), "boardSpace", "boardS", "board."
    )
    desk.tap("boardNext", *(f"board{digit}" for digit in PIN[:-1]), "board1", "boardErase")
    desk.tap(f"board{PIN[-1]}", "boardEnter")
    assert desk.desk.account == CLERK


# ------------------------------------------------------------ nothing is lost


def test_what_was_typed_is_thrown_away_only_by_a_second_press(desk: DeskStage) -> None:
    desk.tap("register", "formCancel")
    assert not desk.desk.filling
    desk.tap("register")
    desk.type(nik_of(9))
    desk.tap("formCancel")
    assert desk.says(SAY("desk.problem.cancel_again"))
    assert desk.stage.key("nik").property("text") == nik_of(9)
    desk.tap("formCancel")
    assert not desk.desk.filling


def test_behind_the_last_field_tab_comes_to_the_yellow_key(desk: DeskStage) -> None:
    desk.tap("register")
    assist(desk, nik_of(9), "entin suprihatin")
    desk.hit(Key.Key_Tab)
    desk.hit(Key.Key_Return)
    assert desk.notice == SAY("desk.told.entered")
