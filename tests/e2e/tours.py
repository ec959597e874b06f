"""Tours through every screen in the states that residents bring it into.

A tour names its scenes in their order, each with the keys tapped since the scene before.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from kiosk.domain.checks import Step
from kiosk.domain.fleet import CommandKind, Order
from kiosk.domain.print_job import Hold
from printing.port import Filed, Rejected
from ui.window import QML

from .modes import LARGEST, LYING, PLAIN, WIDE, Mode
from .residents import (
    BUSY,
    CASUAL,
    DECLARATIONS,
    EMPLOYER,
    NAME,
    NEIGHBOUR,
    NIK,
    OJEK,
    PHONE,
    QUESTIONED,
    STRANGER,
    TRADER,
    Resident,
    digits,
    email_keys,
    letters,
    nik_born,
)
from .stage import ASKING, Stage

LONG_NAME = "MUHAMMAD NUR HIDAYATULLAH ABDURRAHMAN SAPUTRA WIRYODININGRAT"
LONG_ADDRESS = "KAMPUNG BARU SARI BLOK WETAN RT NOL SATU RW NOL DUA SUKAMANAH WARUNGGUNUNG LEBAK"
NEXT_MONTH = "next month"
"""No key: the month ends."""
WAITED_FOR = {"start", "leave", "askNext", "printAgain"}
"""Keys whose screen depends on what the worker has done before or does then."""
BEGIN = ("start", "register", "next")
SILENCE = "(nobody touches the screen)"
"""Stands among the keys of a scene for so long a silence that the end is warned of."""
HIGHEST_INCOME = ("income-month", "pad1", "pad000", "pad000", "pad000")


def nothing(_stage: Stage) -> None:
    """An ordinary kiosk."""


def without_a_printer(stage: Stage) -> None:
    stage.tray.answer = lambda: Filed(stage.settings.slips_folder / "slip.pdf")


def with_a_refusing_printer(stage: Stage) -> None:
    stage.tray.answer = lambda: Rejected("refused")


def without_paper(stage: Stage) -> None:
    stage.tray.hold = Hold.NO_PAPER


OF_A_BROKEN_STORE = ("failsafe S 14", "journal failing")
"""What is logged of it: whatever commits next finds that the journal cannot be completed."""


def with_a_broken_store(stage: Stage) -> None:
    with stage.store_connection() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO outbox_taken_away"))


def locked_from_afar(stage: Stage) -> None:
    """An admin locks it with the longest message."""
    message = "Anjungan ini sedang pindah ruang dan dipasang lagi besok pagi. " * 4
    order = Order(1, CommandKind.LOCK, message[:200].strip(), "Ratna Wulandari Kusumaningrum")
    with stage.services.store.transaction() as record:
        record.orders.lock(order, stage.clock.moment)


def with_a_void_registration(stage: Stage) -> None:
    stage.play(TRADER)
    stage.tap("leave")
    stage.wait_for_work()
    with stage.store_connection() as connection:
        connection.execute(text("UPDATE registration SET status = 'void'"))


@dataclass(frozen=True)
class Tour:
    """The scenes and what is special about the kiosk."""

    scenes: Mapping[str, tuple[str, ...]]
    prepare: Callable[[Stage], None] = nothing
    changes: Mapping[str, Any] = field(default_factory=dict)
    before: Callable[[Stage], None] | None = None
    """Happens at a kiosk that is then closed and opened again."""


def follow(stage: Stage, keys: Iterable[str]) -> None:
    """Tap all keys that lead to a scene, and wait for what the kiosk does behind it."""
    for key in keys:
        if key in WAITED_FOR:
            stage.wait_for_work()
        if key == NEXT_MONTH:
            stage.clock.forward(timedelta(days=10))
        elif key != SILENCE:
            stage.tap(key)
        stage.wait_until_idle()
        if key in WAITED_FOR:
            stage.wait_for_work()
    if stage.screen == "done":
        done: Any = stage.app.visit.done
        stage.visitor.wait_until(
            lambda: done.hold or done.slip in {"unconfirmed", "filed", "failed"}
        )
    if stage.screen == "reminder":
        stage.wait_for_reminder("unconfirmed", "filed", "failed")


def up_to(screen: str, resident: Resident = TRADER) -> tuple[str, ...]:
    """All that a resident taps from the idle screen until this one."""
    order = list(Step)
    steps = [step for step in order[: order.index(Step(screen))] if step in resident]
    return ("start", "register", *(key for step in steps for key in (*resident[step], "next")))


def up_to_the_review(resident: Resident = TRADER) -> tuple[str, ...]:
    """All that a resident taps from the idle screen to the review."""
    return up_to("review", resident)


def up_to_the_months(*way: str) -> tuple[str, ...]:
    """All that a trader taps who only wants to know the price, `way` leading to the first step."""
    keys: list[str] = list(way)
    for step in ("work", "job", "income", "programme"):
        keys += [*TRADER[step], "next"]
    return (*keys, *TRADER["months"])


REMIND = ("start", "pay", "remind")

TOURS = {
    "opening": Tour(
        {
            "idle": (),
            "menu": ("start",),
            "benefits": ("learn",),
            "benefit-accident": ("learn-accident",),
            "benefit-death": ("nextBenefit",),
            "benefit-school": ("nextBenefit",),
            "benefit-old_age": ("nextBenefit",),
            "call": ("help",),
        },
    ),
    "calculator": Tour(
        {
            "work-calculating": ("start", "calculator"),
            "months-calculating": up_to_the_months(),
            "work-after-calculating": ("next", "next"),
        },
    ),
    "pay": Tour(
        {
            "pay": ("start", "pay"),
            "renew": ("stoppedPaying",),
            "months-reminding": up_to_the_months("remind"),
            "reminder-sent": ("next",),
        },
    ),
    "reminder filed": Tour(
        {"reminder-filed": (*up_to_the_months(*REMIND), "next")}, prepare=without_a_printer
    ),
    "reminder failed": Tour(
        {"reminder-failed": (*up_to_the_months(*REMIND), "next")},
        prepare=with_a_refusing_printer,
    ),
    "proof": Tour(
        {
            "proof": ("start", "status"),
            "claim-number": ("haveSlip",),
            "claim-number-wrong": digits("109170000425"),
            "secret-birth_date": ("padClear", *digits("109170000427"), "askNext"),
            "secret-birth_date-typed": digits("17081985"),
            "claim-nik": ("askBack", "askBack", "haveNoSlip", *digits(NIK)),
            "secret-phone": ("askNext",),
            "secret-failed": (*digits("7890"), "askNext"),
            "tries": tuple(key for n in "1234" for key in ("padDelete", f"pad{n}", "askNext")),
        },
    ),
    "status": Tour(
        {
            "status": (
                *(*up_to_the_review(), *DECLARATIONS, "next", "leave"),
                *("start", "status", "haveNoSlip", *digits(NIK), "askNext"),
                *(*digits(PHONE[-4:]), "askNext"),
            ),
            "done-again": ("printAgain",),
        },
    ),
    "void": Tour(
        {
            "status-void": (
                *("start", "status", "haveNoSlip", *digits(NIK), "askNext"),
                *(*digits(PHONE[-4:]), "askNext"),
            ),
        },
        prepare=with_a_void_registration,
    ),
    "resume": Tour(
        {
            "menu-resume": (*up_to_the_review(), "leave", "start"),
            "claim-resume": ("resume",),
            "claim-nothing": digits(nik_born("150390")),
            "secret-resume": ("padClear", *digits(NIK), "askNext"),
            "unfinished": (
                *("leave", *BEGIN, *TRADER["work"], "next", *TRADER["job"], "next"),
                *(*digits(NIK), "next"),
            ),
        },
    ),
    "resume by name": Tour(
        {
            "secret-name": (
                *(*BEGIN, *TRADER["work"], "next", *TRADER["job"], "next", *digits(NIK), "next"),
                *(*letters(NAME), "next", "leave", "start", "resume", *digits(NIK), "askNext"),
                *letters("SITI"),
            ),
            "secret-name-failed": ("askNext",),
        },
    ),
    "trader": Tour(
        {
            "consent": ("start", "register"),
            "work": ("next",),
            "work-missing": ("next",),
            "work-chosen": TRADER["work"],
            "job": ("next", *TRADER["job"]),
            "nik": ("next",),
            "nik-short": (*digits("36040957"), "next"),
            "nik-wrong": ("padClear", *digits("3604093208")),
            "nik-doubted": ("padClear", *digits("3604995708850007")),
            "nik-far": ("padClear", *digits("9271011708850007")),
            "nik-read": ("padClear", *digits(NIK)),
            "nik-covered": ("hideNik",),
            "name": ("next",),
            "name-alphabet": ("letterOrder",),
            "name-missing": ("letterOrder", "next"),
            "name-typed": letters(NAME),
            "name-date": ("changeBirthDate", *digits("3002")),
            "name-date-wrong": ("next",),
            "name-date-differs": ("padClear", *digits("16081985"), "backToName"),
            "address-missing": ("next", "next"),
            "address": TRADER["address"],
            "phone": ("next",),
            "phone-short": ("phone-own", *digits("0812"), "next"),
            "phone-wrong": ("padClear", *digits("021")),
            "phone-typed": ("padClear", *TRADER["phone"]),
            "phone-none": ("phone-none",),
            "place-missing": ("next", "next"),
            "place": TRADER["place"],
        },
    ),
    "trader's price": Tour(
        {
            "income": up_to("income"),
            "income-missing": ("next",),
            "income-day": TRADER["income"],
            "income-month": ("income-month", "pad0"),
            "income-too-high": ("pad000", "pad0"),
            "programme": ("padDelete", "padDelete", "padDelete", "padDelete", "next"),
            "programme-missing": ("next",),
            "programme-savings": ("programme-JKK+JKM+JHT",),
            "programme-basic": ("programme-JKK+JKM",),
            "months": ("next",),
            "months-missing": ("next",),
            "months-1": ("months-1",),
            "months-12": ("months-12",),
            "months-6": ("months-6",),
            "months-3": ("months-3",),
            "review": ("next",),
            "review-missing": ("tick-data_true", "next"),
            "review-ticked": DECLARATIONS[1:],
            "review-silence": (SILENCE,),
            "done-sent": ("next",),
            "already": ("tookSlip", *up_to_the_review(), *DECLARATIONS, "next"),
        },
    ),
    "employer": Tour(
        {
            "question": (*BEGIN, *EMPLOYER["work"], "next", *EMPLOYER["job"], "next"),
            "question-missing": ("next",),
            "question-yes": ("question-yes",),
            "name-long": ("next", *digits(NIK), "next", *letters(LONG_NAME)),
            "kecamatan": ("next", *NEIGHBOUR["address"], "next", *NEIGHBOUR["kecamatan"]),
            "desa": ("next", *NEIGHBOUR["desa"]),
            "elsewhere-missing": ("back", "back", *STRANGER["address"], "next", "next"),
            "elsewhere": letters(LONG_ADDRESS),
            "elsewhere-figures": ("letterOrder",),
            "elsewhere-postcode": ("elsewherePostcode", *digits("42391")),
            "income-highest": (
                *("next", *TRADER["phone"], "next"),
                *(*TRADER["place"], "next", *HIGHEST_INCOME),
            ),
            "programme-employer": ("next", "programme-JKK+JKM+JHT"),
            "months-12-highest": ("next", "months-12"),
            "review-longest": ("next",),
            "done-longest": (*DECLARATIONS, "next"),
        },
    ),
    "old ojek rider": Tour(
        {
            "stop-age": (
                *BEGIN,
                *OJEK["work"],
                "next",
                "job-becak_bentor",
                "next",
                *digits(nik_born("120556")),
                "next",
                *OJEK["name"],
                "next",
            ),
            "programme-becak": (
                "backFromStop",
                "back",
                "padClear",
                *digits(nik_born("010169")),
                *("next", "next"),
                *(*TRADER["address"], "next"),
                *(*CASUAL["phone"], "next"),
                *(*CASUAL["place"], "next"),
                *(*OJEK["income"], "next"),
                "programme-JKK+JKM",
            ),
            "months-becak": ("next", "months-6"),
            "programme-aged-57": (
                *("next", "edit-work", *TRADER["work"], "next", *TRADER["job"], "next"),
                *("edit-programme", "programme-JKK+JKM+JHT"),
            ),
        },
    ),
    "busy": Tour(
        {
            "consent-asking": ("start", "register"),
            "birthplace": (
                *("next", *QUESTIONED["work"], "next", *QUESTIONED["job"], "next"),
                *(*QUESTIONED["nik"], "next", *QUESTIONED["name"], "next"),
            ),
            "birthplace-missing": ("next",),
            "birthplace-typed": QUESTIONED["birthplace"],
            "mother": ("next",),
            "mother-typed": QUESTIONED["mother"],
            "phone-email": ("next", *QUESTIONED["address"], "next", *QUESTIONED["phone"]),
            "email": ("next",),
            "email-no-at": (*email_keys("siti.aminah"), "next"),
            "email-typed": ("emailGmail",),
            "place-second": ("next", *QUESTIONED["place"]),
            "second_work-missing": ("next", "next"),
            "second_work": QUESTIONED["second_work"],
            "second_job": ("next", *QUESTIONED["second_job"]),
            "review-person": (
                *("next", *QUESTIONED["income"], "next", *QUESTIONED["programme"]),
                *("next", *QUESTIONED["months"], "next"),
            ),
            "review-work": ("next",),
            "review-declarations": ("next",),
        },
        changes=ASKING,
    ),
    "busy, asked no more than others": Tour({"review-full": up_to_the_review(BUSY)}),
    "late": Tour({"review-repriced": (*up_to_the_review(), *DECLARATIONS, NEXT_MONTH, "next")}),
    "foreigner": Tour({"stop": (*BEGIN, "work-not_wni", "next")}),
    "filed": Tour(
        {"done-filed": (*up_to_the_review(), *DECLARATIONS, "next")}, prepare=without_a_printer
    ),
    "failed": Tour(
        {"done-failed": (*up_to_the_review(), *DECLARATIONS, "next")},
        prepare=with_a_refusing_printer,
    ),
    "without paper": Tour(
        {"done-held": (*up_to_the_review(), *DECLARATIONS, "next")}, prepare=without_paper
    ),
    "reprinting at the counter": Tour(
        {"tries-reprint": ("start", "reprint")}, changes={"residents_reprint": False}
    ),
    "locked": Tour({"locked": ()}, before=locked_from_afar),
    "broken": Tour(
        {"failsafe": (*up_to_the_review(), *DECLARATIONS, "next")}, prepare=with_a_broken_store
    ),
}
SCREENS = frozenset(
    re.findall(
        r'"(\w+)"',
        " ".join(
            re.findall(r"list<string> (?:steps|screens): (.*)", (QML / "Main.qml").read_text())
        ),
    )
)
"""Every screen that the window knows."""

FACES = {
    "work": "work-chosen",
    "question": "question-yes",
    "nik": "nik-read",
    "name": "name-typed",
    "phone": "phone-typed",
    "income": "income-day",
    "programme": "programme-basic",
    "months": "months-3",
    "review": "review-ticked",
    "done": "done-sent",
    "stop": "stop-age",
    "benefit": "benefit-death",
}
"""The scene that shows most of a screen, where it is not the first one."""

NOT_PICTURED = {
    *("work-missing", "question-missing", "nik-short", "nik-doubted", "name-missing"),
    *("name-date-wrong", "address-missing", "phone-short", "phone-none", "income-missing"),
    *("income-month", "programme-missing", "months-1", "months-6", "elsewhere-figures"),
}
"""Measured like all others, but so like another scene that its picture would tell no more."""

MORE_PICTURES = {
    "idle": (Mode(contrast=True), Mode(WIDE)),
    "menu": (Mode(contrast=True), Mode(WIDE)),
    "work-chosen": (Mode(LYING, size=LARGEST), Mode(LYING, contrast=True)),
    "nik-wrong": (Mode(contrast=True), Mode(LYING, size=LARGEST)),
    "programme-savings": (Mode(size=LARGEST), Mode(LYING, size=LARGEST)),
    "programme-basic": (Mode(LYING, contrast=True),),
    "months-12-highest": (Mode(size=LARGEST), Mode(LYING, size=LARGEST)),
    "review-longest": (Mode(LYING), Mode(LYING, size=LARGEST)),
    "review-ticked": (Mode(WIDE),),
    "review-missing": (Mode(contrast=True),),
    "review-silence": (Mode(LYING, size=LARGEST, contrast=True),),
    "benefit-accident": (Mode(LYING, size=LARGEST),),
    "done-failed": (Mode(LYING, size=LARGEST),),
    "done-held": (Mode(LYING, language="en"), Mode(size=LARGEST, contrast=True)),
    "failsafe": (Mode(contrast=True), Mode(WIDE, size=LARGEST)),
    "locked": (Mode(LYING, size=LARGEST),),
}
"""Where more can go wrong, or a mock of the look shows it."""


def pictures_of(scene: str) -> set[Mode]:
    """Every scene upright in Indonesian; every screen once lying in English, and once in the
    largest text and high contrast."""
    modes = set(MORE_PICTURES.get(scene, ()))
    if scene not in NOT_PICTURED:
        modes.add(PLAIN)
    if scene == _face(screen_of(scene)):
        modes |= {Mode(LYING, language="en"), Mode(size=LARGEST, contrast=True)}
    return modes


def screen_of(scene: str) -> str:
    """A scene is called by its screen, a hyphen and what is special."""
    return scene.partition("-")[0]


def _face(screen: str) -> str:
    scenes = (scene for tour in TOURS.values() for scene in tour.scenes)
    return FACES.get(screen) or next(scene for scene in scenes if screen_of(scene) == screen)
