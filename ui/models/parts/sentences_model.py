"""The sentences of all languages: found by their words, and said otherwise."""

from functools import partial
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.texts import Texts
from kiosk.editing.sentences import (
    Sentence,
    SentenceRefused,
    Where,
    found,
    put_sentence,
    sentences,
    take_back_sentence,
)
from kiosk.languages import NAME, room_for
from ui.models.desk.form import Field, Form, Kind, Values
from ui.models.lines_model import LinesModel
from ui.models.parts.host import PartsHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

ALL, CHANGED = "all", "changed"
GROUPS = (ALL, *(one.value for one in Where), CHANGED)
LONGEST = 400


@QmlElement
class SentencesModel(QObject):
    """Lists what the search finds of a group; beside the list the sentence that is chosen."""

    changed = Signal()

    def __init__(self, host: PartsHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._all: tuple[Sentence, ...] = ()
        self._found: tuple[Sentence, ...] = ()
        self._lines = LinesModel(self)
        self._group, self._typed, self._chosen = ALL, "", ""

    # ------------------------------------------------------------ what the page asks

    def retell(self) -> None:
        """The content is another one, or the language."""
        self._all = sentences(self._host.content, self._host.shipped_languages)
        self._show()

    def forget(self) -> None:
        """Let go of what was looked for."""
        self._all = self._found = ()
        self._group, self._typed, self._chosen = ALL, "", ""
        self._lines.show(())
        self.changed.emit()

    def _show(self) -> None:
        self._found = found(self._all, self._typed)
        self._lines.show([self._line(one) for one in self._found if self._is_in_group(one)])
        self.changed.emit()

    def _is_in_group(self, one: Sentence, group: str = "") -> bool:
        group = group or self._group
        if group == CHANGED:
            return one.is_changed
        return group in (ALL, one.where.value)

    def _line(self, one: Sentence) -> dict[str, str]:
        texts = self._host.texts
        fixed, say = one.is_fixed, texts.say
        tag = say("parts.fixed") if fixed else say("parts.changed") if one.is_changed else ""
        return {
            "id": one.key,
            "title": one.now[texts.language],
            "note": one.key,
            "tag": tag,
            "tone": "sand" if fixed else "sea",
            "icon": "lock-key" if fixed else "pencil-simple",
        }

    # ------------------------------------------------------------ what QML reads

    @Property(list, notify=changed)
    def groups(self) -> list[dict[str, Any]]:
        say = self._host.texts.say
        return [
            {
                "id": group,
                "label": say(f"parts.sentences.{group}"),
                "count": str(sum(self._is_in_group(one, group) for one in self._found)),
                "chosen": group == self._group,
            }
            for group in GROUPS
        ]

    @Property(LinesModel, constant=True)
    def lines(self) -> LinesModel:
        return self._lines

    @Property(str, notify=changed)
    def typed(self) -> str:
        return self._typed

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @property
    def _one(self) -> Sentence | None:
        return next((one for one in self._all if one.key == self._chosen), None)

    @Property(dict, notify=changed)
    def detail(self) -> dict[str, Any]:
        """The sentence that is chosen, in every language; empty while none is."""
        one = self._one
        if one is None:
            return {}
        texts = self._host.shipped_languages.texts
        return {
            "key": one.key,
            "said": [
                {
                    "language": texts[code].say(NAME),
                    "now": one.now[code],
                    "shipped": shipped if shipped != one.now[code] else "",
                }
                for code, shipped in one.shipped.items()
            ],
            "changed": one.is_changed,
            "fixed": self._host.texts.say("parts.sentences.fixed") if one.is_fixed else "",
        }

    # ------------------------------------------------------------ choosing and changing

    @Slot(str)
    def search(self, typed: str) -> None:
        """Look for these words in every sentence."""
        self._typed = typed
        self._show()

    @Slot(str)
    def openGroup(self, group: str) -> None:
        self._group = group
        self._show()

    @Slot(str)
    def choose(self, key: str) -> None:
        self._host.close_form()
        self._chosen = key
        self.changed.emit()

    @Slot()
    def edit(self) -> None:
        """Ask how the chosen sentence is to be said, in all languages."""
        one = self._one
        if one is None or one.is_fixed:
            return
        self._host.open_form(
            Form(
                name="sentence",
                title="parts.sentences.edit",
                lead="parts.sentences.lead",
                submit=self._host.take_key,
                fields=tuple(
                    Field(
                        code,
                        Kind.PASSAGE,
                        partial(_language, self._host.shipped_languages.texts[code]),
                        partial(self._hint, one, code),
                        longest=LONGEST,
                        span=12,
                    )
                    for code in one.now
                ),
                values=dict(one.now),
                send=partial(self._send, one),
                kept=False,
            )
        )

    def _hint(self, one: Sentence, code: str, texts: Texts) -> str:
        most = room_for(self._host.shipped_languages, one.key)
        return texts.say("parts.sentences.shipped", sentence=one.shipped[code], most=most)

    def _send(self, one: Sentence, values: Values) -> None:
        host = self._host
        outcome = put_sentence(host.content, host.shipped_languages, one.key, values)
        if isinstance(outcome, SentenceRefused):
            host.complain(
                {
                    code: partial(self._refusal, one, code, reason)
                    for code, reason in outcome.reasons.items()
                }
            )
            return
        host.close_form()
        host.put(outcome)

    def _refusal(self, one: Sentence, code: str, reason: str, texts: Texts) -> str:
        return f"{texts.say(f'fleet.problem.{reason}')} {self._hint(one, code, texts)}"

    @Slot()
    def takeBack(self) -> None:
        """Say the chosen sentence as it was shipped."""
        if self._chosen:
            self._host.put(take_back_sentence(self._host.content, self._chosen))


def _language(of: Texts, _shown: Texts) -> str:
    return of.say(NAME)
