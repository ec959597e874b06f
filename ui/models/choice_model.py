"""A choice among a few: pictures of work, jobs, yes or no, desa, kecamatan."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.answers import (
    Lives,
    chosen_second_job,
    chosen_segment,
    living_kecamatan,
    second_jobs,
)
from kiosk.domain.registration import PhoneOwner, WorkPlace
from kiosk.domain.work import Job, name_in
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    id: str
    label: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and what is."""

    choices: tuple[Choice, ...]
    chosen: str


@QmlElement
class ChoiceModel(StepModel):
    """Choices with their own signal: re-drawing fifteen pictures at every tap would be slow."""

    changed = Signal()
    choicesChanged = Signal()

    def __init__(
        self,
        visit: Visit,
        look: Callable[[Visit], Choices],
        choose: Callable[[str], Mapping[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(visit, look, parent)
        self._choose = choose

    def refresh(self) -> None:
        before = self._view.choices
        super().refresh()
        if self._view.choices != before:
            self.choicesChanged.emit()

    @Property(list, notify=choicesChanged)
    def choices(self) -> list[dict[str, str]]:
        return [asdict(choice) for choice in self._view.choices]

    @Property(str, notify=changed)
    def chosen(self) -> str:
        chosen: str = self._view.chosen
        return chosen

    @Slot(str)
    def choose(self, choice_id: str) -> None:
        self._visit.answer(**self._choose(choice_id))


NOT_WNI = "not_wni"


def look_at_work(visit: Visit) -> Choices:
    """The segments as picture tiles, and the way out for who is not WNI."""
    answers = visit.state.answers
    return Choices(_tiles(visit), answers.segment_id if answers.is_wni else NOT_WNI)


def _tiles(visit: Visit) -> tuple[Choice, ...]:
    language = visit.texts.language
    return tuple(
        Choice(segment.id, name_in(language, segment.tile_names), segment.id)
        for segment in visit.facts.work.segments
    )


def choose_work(choice_id: str) -> dict[str, Any]:
    if choice_id == NOT_WNI:
        return {"is_wni": False}
    return {"is_wni": True, "segment_id": choice_id}


def look_at_job(visit: Visit) -> Choices:
    """The jobs of the chosen segment."""
    segment = chosen_segment(visit.state.answers, visit.facts)
    return Choices(_names(segment.jobs if segment else (), visit), visit.state.answers.job_id)


def _names(jobs: tuple[Job, ...], visit: Visit) -> tuple[Choice, ...]:
    language = visit.texts.language
    return tuple(Choice(job.id, _capital(name_in(language, job.names))) for job in jobs)


def choose_job(choice_id: str) -> dict[str, Any]:
    return {"job_id": choice_id}


def look_at_question(visit: Visit) -> Choices:
    """Yes and no to the one question of the chosen segment."""
    segment = chosen_segment(visit.state.answers, visit.facts)
    if segment is None or segment.question is None:
        return Choices((), "")
    question = f"question.{segment.question.value}"
    both = tuple(Choice(word, visit.texts.say(f"{question}.{word}")) for word in ("no", "yes"))
    answered = visit.state.answers.question_yes
    return Choices(both, "" if answered is None else "yes" if answered else "no")


def choose_question(choice_id: str) -> dict[str, Any]:
    return {"question_yes": choice_id == "yes"}


def look_at_home(visit: Visit) -> Choices:
    """The desa of this office's kecamatan, or somewhere else."""
    answers = visit.state.answers
    kecamatan = visit.facts.regions.find_kecamatan(visit.facts.home_kecamatan)
    names = tuple(Choice(desa.code, desa.name) for desa in kecamatan.desa)
    if answers.lives in (None, Lives.HERE):
        return Choices(names, answers.desa_code)
    return Choices(names, answers.lives.value)


def choose_home(choice_id: str) -> dict[str, Any]:
    if choice_id in (Lives.OTHER_KECAMATAN.value, Lives.ELSEWHERE.value):
        return {"lives": Lives(choice_id)}
    return {"lives": Lives.HERE, "desa_code": choice_id}


def look_at_kecamatan(visit: Visit) -> Choices:
    """The kecamatan of the kabupaten, by name."""
    by_name = sorted(visit.facts.regions.kecamatan, key=lambda kecamatan: kecamatan.name)
    others = [one for one in by_name if one.code != visit.facts.home_kecamatan]
    names = tuple(Choice(kecamatan.code, kecamatan.name) for kecamatan in others)
    return Choices(names, visit.state.answers.kecamatan_code)


def choose_kecamatan(choice_id: str) -> dict[str, Any]:
    return {"kecamatan_code": choice_id}


def look_at_desa(visit: Visit) -> Choices:
    """The desa of the kecamatan chosen."""
    kecamatan = living_kecamatan(visit.state.answers, visit.facts)
    desa = kecamatan.desa if kecamatan else ()
    return Choices(tuple(Choice(one.code, one.name) for one in desa), visit.state.answers.desa_code)


def choose_desa(choice_id: str) -> dict[str, Any]:
    return {"desa_code": choice_id}


def look_at_phone_owner(visit: Visit) -> Choices:
    """Whose telephone."""
    owner = visit.state.answers.phone_owner
    names = tuple(Choice(one.value, visit.texts.say(f"phone.{one.value}")) for one in PhoneOwner)
    return Choices(names, owner.value if owner else "")


def choose_phone_owner(choice_id: str) -> dict[str, Any]:
    return {"phone_owner": PhoneOwner(choice_id)}


def look_at_place(visit: Visit) -> Choices:
    """Where the work is done, with an icon for each place."""
    place = visit.state.answers.work_place
    say = visit.texts.say
    names = tuple(
        Choice(one.value, say(f"place.{one.value}"), PLACE_ICONS[one]) for one in WorkPlace
    )
    return Choices(names, place.value if place else "")


PLACE_ICONS = {
    WorkPlace.NEAR_HOME: "house-line",
    WorkPlace.KABUPATEN: "map-pin",
    WorkPlace.OUTSIDE: "signpost",
    WorkPlace.MOVING: "path",
}


def choose_place(choice_id: str) -> dict[str, Any]:
    return {"work_place": WorkPlace(choice_id)}


def look_at_second_work(visit: Visit) -> Choices:
    """The segments once more, for the second job."""
    return Choices(_tiles(visit), visit.state.answers.second_segment_id)


def choose_second_work(choice_id: str) -> dict[str, Any]:
    return {"second_segment_id": choice_id}


def look_at_second_job(visit: Visit) -> Choices:
    """The jobs of the second segment but for the first job."""
    answers, facts = visit.state.answers, visit.facts
    chosen = chosen_second_job(answers, facts)
    return Choices(_names(second_jobs(answers, facts), visit), chosen.id if chosen else "")


def choose_second_job(choice_id: str) -> dict[str, Any]:
    return {"second_job_id": choice_id}


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
