"""Tours through every screen in the states that residents bring it into.

A tour names its scenes in their order, each with the keys tapped since the scene before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import text

from printing.printers import Filed, NotSubmitted, Refusal

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
CONTRAST = (
    *("idle", "menu", "work-chosen", "nik-wrong", "nik-read", "programme-basic"),
    *("months-3", "review-missing", "done-sent", "failsafe"),
)
"""The scenes that are also pictured in high contrast."""
