"""The segments of work: their dinas, their names, and what the branch calls their jobs."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.texts import Texts
from kiosk.domain.work import Job, Segment, Work, name_in
from kiosk.editing.segments import (
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_TILE,
    SegmentEdit,
    SegmentFlaw,
    SegmentRefused,
    changed_segments,
    put_segment,
    take_back_segment,
    work_of,
)
from kiosk.languages import NAME
from ui.models.desk.form import Field, Form, Kind, Option, Values
from ui.models.lines_model import LinesModel
from ui.models.parts.host import PartsHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

DINAS, NEW_KEY, NEW_DINAS = "dinas", "new_key", "new_dinas"
NAMES, TILES, CODE = "names.", "tile_names.", "code."
ANOTHER = "+"


@QmlElement
class SegmentsModel(QObject):
    """Lists the segments; beside them the one that is chosen."""

    changed = Signal()

    def __init__(self, host: PartsHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._lines = LinesModel(self)
        self._chosen = ""

    # ------------------------------------------------------------ what the page asks

    def retell(self) -> None:
        """The content is another one, or the language."""
        self._lines.show(self._listed())
        self.changed.emit()

    def forget(self) -> None:
        """Let go of what was chosen."""
        self._chosen = ""
        self.changed.emit()

    @property
    def _work(self) -> Work:
        return work_of(self._host.content, self._host.shipped_data)

    @property
    def _one(self) -> Segment | None:
        return next((one for one in self._work.segments if one.id == self._chosen), None)

    @property
    def _changed(self) -> set[str]:
        changed = changed_segments(self._host.shipped_data.work, self._work)
        return {one.id for one in changed}

    # ------------------------------------------------------------ what QML reads

    @Property(LinesModel, constant=True)
    def lines(self) -> LinesModel:
        return self._lines

    def _listed(self) -> list[dict[str, str]]:
        texts, work, changed = self._host.texts, self._work, self._changed
        return [
            {
                "id": one.id,
                "title": name_in(texts.language, one.names),
                "note": one.dinas,
                "tag": texts.say("parts.changed") if one.id in changed else "",
                "tone": "sea",
                "icon": "pencil-simple",
            }
            for one in work.segments
        ]

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @Property(dict, notify=changed)
    def detail(self) -> dict[str, Any]:
        """The segment that is chosen; empty while none is."""
        one, texts = self._one, self._host.texts
        if one is None:
            return {}
        return {
            "title": name_in(texts.language, one.names),
            "facts": [
                {"key": key, "label": texts.say(f"parts.segments.{key}"), "value": value}
                for key, value in (
                    ("dinas", f"{self._work.dinas[one.dinas]} ({one.dinas})"),
                    ("names", self._all_of(one.names)),
                    ("tile_names", self._all_of(one.tile_names)),
                    ("codes", self._codes(one)),
                )
            ],
            "changed": one.id in self._changed,
        }

    def _all_of(self, names: Mapping[str, str]) -> str:
        return "\n".join(f"{self._language(code)}: {name}" for code, name in names.items())

    def _language(self, code: str) -> str:
        texts = self._host.shipped_languages.texts.get(code)
        return texts.say(NAME) if texts else code

    def _codes(self, one: Segment) -> str:
        texts = self._host.texts
        named = ((name_in(texts.language, job.names), job.branch_code) for job in one.jobs)
        none = texts.say("parts.segments.no_code")
        return "\n".join(f"{name}: {code or none}" for name, code in named)

    # ------------------------------------------------------------ choosing and changing

    @Slot(str)
    def choose(self, segment_id: str) -> None:
        self._host.close_form()
        self._chosen = segment_id
        self.changed.emit()

    @Slot()
    def edit(self) -> None:
        """Ask how the chosen segment is to be."""
        one = self._one
        if one is None:
            return
        values = {DINAS: one.dinas}
        values |= {f"{NAMES}{language}": name for language, name in one.names.items()}
        values |= {f"{TILES}{language}": name for language, name in one.tile_names.items()}
        values |= {f"{CODE}{job.id}": job.branch_code for job in one.jobs}
        self._host.open_form(
            Form(
                name="segment",
                title="parts.segments.edit",
                lead="parts.segments.lead",
                submit=self._host.take_key,
                fields=(
                    *self._dinas_fields(),
                    *self._name_fields(one),
                    *map(_code_field, one.jobs),
                ),
                values=values,
                send=partial(self._send, one.id),
                kept=False,
            )
        )

    def _dinas_fields(self) -> tuple[Field, ...]:
        known = tuple(Option(key, f"{name} ({key})") for key, name in self._work.dinas.items())

        def options(_values: Values, texts: Texts) -> tuple[Option, ...]:
            return (*known, Option(ANOTHER, texts.say("parts.segments.another")))

        return (
            Field(DINAS, Kind.PICK, "parts.segments.dinas", options=options, span=12),
            Field(
                NEW_KEY,
                Kind.CAPITALS,
                "parts.segments.new_key",
                shown=_is_another,
                longest=LONGEST_KEY,
                span=4,
            ),
            Field(
                NEW_DINAS,
                label="parts.segments.new_dinas",
                shown=_is_another,
                longest=LONGEST_NAME,
                span=8,
            ),
        )

    def _name_fields(self, one: Segment) -> tuple[Field, ...]:
        named = ((NAMES, one.names, LONGEST_NAME), (TILES, one.tile_names, LONGEST_TILE))
        return tuple(
            _name_field(prefix, code, self._language(code), longest)
            for prefix, names, longest in named
            for code in names
        )

    def _send(self, segment_id: str, values: Values) -> None:
        host, another = self._host, _is_another(values)
        edit = SegmentEdit(
            _under(NAMES, values),
            _under(TILES, values),
            " ".join(values[NEW_KEY if another else DINAS].split()),
            {job: code.strip() for job, code in _under(CODE, values).items()},
            values[NEW_DINAS] if another else "",
        )
        if another and not edit.new_dinas.strip():
            host.complain({NEW_DINAS: partial(_reason, SegmentFlaw.BLANK)})
            return
        outcome = put_segment(host.content, host.shipped_data, segment_id, edit)
        if isinstance(outcome, SegmentRefused):
            field_of = {DINAS: NEW_KEY if another else DINAS}
            host.complain(
                {
                    field_of.get(part, part): partial(_reason, flaw)
                    for part, flaw in outcome.flaws.items()
                }
            )
            return
        host.close_form()
        host.put(outcome)

    @Slot()
    def takeBack(self) -> None:
        """Let the chosen segment be as it was shipped."""
        if self._chosen:
            host = self._host
            host.put(take_back_segment(host.content, host.shipped_data, self._chosen))


def _is_another(values: Values) -> bool:
    return values.get(DINAS) == ANOTHER


def _under(prefix: str, values: Values) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix)
    }


def _name_field(prefix: str, code: str, language: str, longest: int) -> Field:
    def label(texts: Texts) -> str:
        return texts.say(f"parts.segments.{prefix.rstrip('.')}_of", language=language)

    return Field(f"{prefix}{code}", label=label, longest=longest)


def _code_field(job: Job) -> Field:
    def label(texts: Texts) -> str:
        return texts.say("parts.segments.code_of", job=name_in(texts.language, job.names))

    return Field(f"{CODE}{job.id}", label=label, longest=LONGEST_KEY, span=6)


def _reason(flaw: SegmentFlaw, texts: Texts) -> str:
    return texts.say(f"parts.segments.flaw.{flaw.value}")
