"""Tours through every screen in the states that residents bring it into.

A tour names its scenes in their order, each with the keys tapped since the scene before.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import text

from printing.printers import Filed, NotSubmitted, Refusal
from ui.app import QML

from .modes import LARGEST, LYING, PLAIN, WIDE, Mode
from .residents import (
    CASUAL,
    DECLARATIONS,
    EMPLOYER,
    NAME,
    NEIGHBOUR,
    NIK,
    OJEK,
    STRANGER,
    TRADER,
    digits,
    letters,
    nik_born,
)
from .stage import Stage

LONG_NAME = "MUHAMMAD NUR HIDAYATULLAH ABDURRAHMAN SAPUTRA WIRYODININGRAT"
LONG_ADDRESS = "KAMPUNG BARU SARI BLOK WETAN RT NOL SATU RW NOL DUA SUKAMANAH WARUNGGUNUNG LEBAK"
BEGIN = ("start", "register", "next")
SILENCE = "(nobody touches the screen)"
"""Stands among the keys of a scene for so long a silence that the end is warned of."""
HIGHEST_INCOME = ("income-month", "pad1", "pad000", "pad000", "pad000")


def nothing(_stage: Stage) -> None:
    """An ordinary kiosk."""


def without_a_printer(stage: Stage) -> None:
    stage.tray.answer = lambda: Filed(stage.settings.slips_folder / "slip.pdf")


def with_a_refusing_printer(stage: Stage) -> None:
    stage.tray.answer = lambda: NotSubmitted(Refusal.REFUSED, "lp: no")


def with_a_broken_store(stage: Stage) -> None:
    with stage.store_connection() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO outbox_taken_away"))


@dataclass(frozen=True)
class Tour:
    """The scenes and what is special about the kiosk."""

    scenes: Mapping[str, tuple[str, ...]]
    prepare: Callable[[Stage], None] = nothing


def up_to(screen: str) -> tuple[str, ...]:
    """All that a trader taps from the idle screen until this one."""
    steps = list(TRADER)[: list(TRADER).index(screen)]
    return ("start", "register", *(key for step in steps for key in (*TRADER[step], "next")))


def up_to_the_review() -> tuple[str, ...]:
    """All that a trader taps from the idle screen to the review."""
    return up_to("review")


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
            "income-highest": ("next", *TRADER["phone"], "next", *HIGHEST_INCOME),
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
    "foreigner": Tour({"stop": (*BEGIN, "work-not_wni", "next")}),
    "filed": Tour(
        {"done-filed": (*up_to_the_review(), *DECLARATIONS, "next")}, prepare=without_a_printer
    ),
    "failed": Tour(
        {"done-failed": (*up_to_the_review(), *DECLARATIONS, "next")},
        prepare=with_a_refusing_printer,
    ),
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
    "failsafe": (Mode(contrast=True), Mode(WIDE, size=LARGEST)),
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
