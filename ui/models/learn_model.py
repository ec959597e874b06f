"""What each benefit gives, under which conditions, with the sums of the data in force."""

from typing import ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.benefits import Benefits
from kiosk.domain.texts import Texts
from kiosk.domain.wording import amount_words
from ui.models.errand import Errand, Host

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

OVERVIEW, DETAIL = "benefits", "benefit"

GIVES = {
    "accident": ("care", "scope", "income", "disability", "death"),
    "death": ("full", "early", "cause", "active"),
    "school": ("sum", "accident", "death", "child"),
    "old_age": ("what", "when", "choice"),
}
"""The sentences about each benefit, in their order; texts `benefit.<topic>.<sentence>`."""


def sentences(topic: str, benefits: Benefits, lowest_base: int, texts: Texts) -> list[str]:
    """Tell all of a benefit, its conditions beside every sum; `lowest_base` in whole rupiah."""
    values = {
        "months": benefits.jkk_income_full_months,
        "percent": benefits.jkk_income_later_percent,
        "disability": amount_words(benefits.jkk_total_disability(lowest_base), texts),
        "jkk_death": amount_words(benefits.jkk_death(lowest_base), texts),
        "total": amount_words(benefits.jkm_total, texts),
        "waiting": benefits.jkm_waiting_months,
        "before": amount_words(benefits.jkm_before_waiting, texts),
        "school": amount_words(benefits.scholarship_max, texts),
        "children": benefits.scholarship_children,
        "years": benefits.scholarship_jkm_years,
        "child_age": benefits.scholarship_child_age_exclusive,
        "age": benefits.jht_payout_age,
    }
    return [texts.say(f"benefit.{topic}.{one}", **values) for one in GIVES[topic]]


@QmlElement
class LearnModel(Errand):
    """The benefits one by one."""

    screens: ClassVar[frozenset[str]] = frozenset({OVERVIEW, DETAIL})
    changed = Signal()

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(host, parent)
        self._topic = ""

    @Property(str, notify=changed)
    def topic(self) -> str:
        return self._topic

    @Property(list, notify=changed)
    def sentences(self) -> list[str]:
        if not self._topic:
            return []
        lowest_base = self._host.facts.tariff.brackets[0].base
        return sentences(self._topic, self._host.benefits, lowest_base, self._host.texts)

    @Slot()
    def begin(self) -> None:
        self._host.show(OVERVIEW)

    @Slot(str)
    def open(self, topic: str) -> None:
        self._topic = topic
        self.changed.emit()
        self._host.show(DETAIL)

    @Slot()
    def next(self) -> None:
        topics = list(GIVES)
        self.open(topics[(topics.index(self._topic) + 1) % len(topics)])

    def back(self, screen: str) -> None:
        if screen == DETAIL:
            self._host.show(OVERVIEW)
        else:
            self._host.show_menu()

    def forget(self) -> None:
        self._topic = ""
        self.changed.emit()

    def retell(self) -> None:
        self.changed.emit()
