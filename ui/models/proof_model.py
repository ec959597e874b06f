"""Proving who one is: what is asserted, what proves it, and what the proof is for."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain import wizard
from kiosk.domain.nik import NIK_DIGITS, NikIncomplete, NikWrong, read_nik
from kiosk.domain.person import NAME_MAX_LENGTH, read_birth_date
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import NUMBER_DIGITS, is_valid_number
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words
from kiosk.facts import OfficeFacts
from kiosk.proof import (
    NOTHING_UNFINISHED,
    PHONE_END_DIGITS,
    NameProof,
    NotProven,
    PhoneProof,
    Proven,
    Resumed,
    SlipProof,
    TooManyTries,
    Unfinished,
    find_by_proof,
    resume,
)
from ui.models.errand import Errand, Host
from ui.models.name_model import BIRTH_DATE_DIGITS
from ui.models.status_model import StatusModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

WAY, CLAIM, SECRET = "proof", "claim", "secret"
TRIES, UNFINISHED = "tries", "unfinished"


class Aim(StrEnum):
    """What the proof is for."""

    STATUS = "status"
    REPRINT = "reprint"
    RESUME = "resume"


class Secret(StrEnum):
    """What proves that the number or the NIK is one's own."""

    BIRTH_DATE = "birth_date"
    PHONE_END = "phone_end"
    NAME = "name"


LENGTHS = {
    Secret.BIRTH_DATE: BIRTH_DATE_DIGITS,
    Secret.PHONE_END: PHONE_END_DIGITS,
    Secret.NAME: NAME_MAX_LENGTH,
}
GROUPS = {Secret.BIRTH_DATE: (2, 2, 4), Secret.PHONE_END: (4,), Secret.NAME: ()}
"""How the digits stand on the screen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said so far. `claim` is a registration number if proven by birth date, else a NIK.

    `known_nik` was typed while registering and is not asked for again; `failed_with` is the claim
    and the secret that were wrong together.
    """

    aim: Aim = Aim.STATUS
    by: Secret = Secret.BIRTH_DATE
    claim: str = ""
    known_nik: str = ""
    secret: str = ""
    complaining: bool = False
    failed_with: tuple[str, str] | None = None
    tries_left: int = 0

    @property
    def by_number(self) -> bool:
        return self.by is Secret.BIRTH_DATE

    @property
    def just_failed(self) -> bool:
        return self.failed_with == (self.claim, self.secret)


@dataclass(frozen=True, slots=True)
class View:
    """The words and digits of a screen on which something is typed."""

    title: str = ""
    lead: str = ""
    groups: tuple[int, ...] = ()
    typed: str = ""
    count: str = ""
    wrong: tuple[int, ...] = ()
    problem: str = ""
    advice: str = ""
    ready: bool = False


def look_at_claim(asked: Asked, facts: OfficeFacts, texts: Texts, *, nothing: bool) -> View:
    """Show the number or the NIK; `nothing` when no answers half given can be resumed with it."""
    if asked.by_number:
        return _look_at_number(asked, texts)
    reading = read_nik(asked.claim, facts.regions, facts.today)
    problem = advice = ""
    if isinstance(reading, NikWrong):
        problem = texts.say("proof.check_nik")
    elif isinstance(reading, NikIncomplete):
        problem = _missing(asked, reading.missing, texts)
    elif nothing:
        problem = texts.say("proof.nothing_title")
        advice = texts.say("proof.nothing", minutes=facts.draft_minutes)
    return View(
        title=texts.say("nik.title"),
        lead=texts.say("proof.resume_lead", minutes=facts.draft_minutes)
        if asked.aim is Aim.RESUME
        else texts.say("nik.lead"),
        groups=(4, 4, 4, 4),
        typed=asked.claim,
        count=texts.say("nik.count", typed=len(asked.claim)),
        wrong=reading.positions if isinstance(reading, NikWrong) else (),
        problem=problem,
        advice=advice,
        ready=not isinstance(reading, NikWrong | NikIncomplete) and not nothing,
    )


def _look_at_number(asked: Asked, texts: Texts) -> View:
    missing = NUMBER_DIGITS - len(asked.claim)
    valid = is_valid_number(asked.claim)
    problem = _missing(asked, missing, texts) if missing else ""
    return View(
        title=texts.say("proof.number_title"),
        lead=texts.say("proof.number_lead", digits=NUMBER_DIGITS),
        groups=(4, 4, 4),
        typed=asked.claim,
        count=texts.say("proof.number_count", typed=len(asked.claim), digits=NUMBER_DIGITS),
        problem=problem if missing or valid else texts.say("proof.check_number"),
        ready=valid,
    )


def look_at_secret(asked: Asked, texts: Texts) -> View:
    """Show the birth date, the end of the telephone number, or the name."""
    birth_date = read_birth_date(asked.secret) if asked.by is Secret.BIRTH_DATE else None
    missing = LENGTHS[asked.by] - len(asked.secret)
    problem = advice = ""
    if asked.just_failed:
        problem = texts.say("proof.failed_title")
        advice = texts.say("proof.failed", tries=asked.tries_left)
    elif asked.by is Secret.NAME:
        problem = texts.say("name.missing") if asked.complaining else ""
    elif asked.by is Secret.BIRTH_DATE and not missing and birth_date is None:
        problem = texts.say("name.birth_date_wrong")
    else:
        problem = _missing(asked, missing, texts)
    return View(
        title=texts.say(_TITLES[asked.by]),
        lead=texts.say(_lead(asked)),
        groups=GROUPS[asked.by],
        typed=asked.secret,
        count=date_words(birth_date, texts) if birth_date else "",
        problem=problem,
        advice=advice,
        ready=_is_whole(asked) and not asked.just_failed,
    )


_TITLES = {
    Secret.BIRTH_DATE: "proof.birth_date_title",
    Secret.PHONE_END: "proof.phone_end_title",
    Secret.NAME: "name.title",
}


def _lead(asked: Asked) -> str:
    if asked.by is Secret.PHONE_END:
        resuming = asked.aim is Aim.RESUME
        return "proof.phone_end_lead_resume" if resuming else "proof.phone_end_lead"
    return "name.lead" if asked.by is Secret.NAME else "name.birth_date_hint"


def _missing(asked: Asked, digits: int, texts: Texts) -> str:
    return texts.say("nik.incomplete", missing=digits) if asked.complaining and digits else ""


def _is_whole(asked: Asked) -> bool:
    if asked.by is Secret.NAME:
        return any(char.isalpha() for char in asked.secret)
    if asked.by is Secret.BIRTH_DATE:
        return read_birth_date(asked.secret) is not None
    return len(asked.secret) == PHONE_END_DIGITS


def _proof(asked: Asked) -> SlipProof | PhoneProof | NameProof:
    if asked.by is Secret.PHONE_END:
        return PhoneProof(asked.claim, asked.secret)
    if asked.by is Secret.NAME:
        return NameProof(asked.claim, asked.secret)
    birth_date = read_birth_date(asked.secret)
    if birth_date is None:
        raise AssertionError("an impossible birth date passed the checks")
    return SlipProof(asked.claim, birth_date)


@QmlElement
class ProofModel(Errand):
    """Asks for the proof, one thing a screen, and leads to what it is for."""

    screens: ClassVar[frozenset[str]] = frozenset({WAY, CLAIM, SECRET, TRIES, UNFINISHED})
    changed = Signal()
    busyChanged = Signal()
    offeredChanged = Signal()

    def __init__(self, host: Host, status: StatusModel, parent: QObject) -> None:
        super().__init__(host, parent)
        self._status = status
        self._asked = Asked()
        self._screen = ""
        self._view = View()
        self._busy = False
        self._unfinished = NOTHING_UNFINISHED
        self._offered = False

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._view.title

    @Property(str, notify=changed)
    def lead(self) -> str:
        return self._view.lead

    @Property(str, notify=changed)
    def by(self) -> str:
        return self._asked.by.value

    @Property(list, notify=changed)
    def groups(self) -> list[int]:
        return list(self._view.groups)

    @Property(str, notify=changed)
    def typed(self) -> str:
        return self._view.typed

    @Property(str, notify=changed)
    def count(self) -> str:
        return self._view.count

    @Property(list, notify=changed)
    def wrong(self) -> list[int]:
        return list(self._view.wrong)

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self._view.problem

    @Property(str, notify=changed)
    def advice(self) -> str:
        return self._view.advice

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._view.ready

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self._busy

    @Property(bool, notify=offeredChanged)
    def offered(self) -> bool:
        return self._offered

    # ------------------------------------------------------------ what leads here

    @Slot()
    def beginStatus(self) -> None:
        self._ask(WAY, Asked(Aim.STATUS))

    @Slot()
    def beginReprint(self) -> None:
        self._ask(WAY if self._prints else TRIES, Asked(Aim.REPRINT))

    @Slot()
    def beginResume(self) -> None:
        self._ask(CLAIM, Asked(Aim.RESUME, Secret.PHONE_END))

    @Slot()
    def proveKnown(self) -> None:
        self._ask(WAY, self._asked)

    def know(self, nik: str) -> None:
        """Keep the NIK of somebody who is registered already and may want to prove it."""
        self._asked = Asked(Aim.STATUS, known_nik=nik)

    def open_slip(self, number: str) -> None:
        """Ask whoever holds the slip with this number for the birth date."""
        self._ask(SECRET, Asked(Aim.STATUS, claim=number))

    def offers_to_resume(self, nik: str) -> bool:
        """Ask whether to go on with answers half given with this NIK, if there are any."""
        by = self._resumable_by(nik)
        if by is not None:
            self._ask(UNFINISHED, Asked(Aim.RESUME, by, nik, known_nik=nik))
        return by is not None

    def set_unfinished(self, unfinished: Unfinished) -> None:
        """Take note of what can be resumed."""
        self._unfinished = unfinished

    def refresh_offer(self) -> None:
        """Say whether the menu offers to resume; while it is shown its keys do not move."""
        offered = bool(self._unfinished.by_phone)
        if offered != self._offered:
            self._offered = offered
            self.offeredChanged.emit()

    # ------------------------------------------------------------ what the resident does

    @Slot()
    def haveSlip(self) -> None:
        self._ask(CLAIM, replace(self._asked, by=Secret.BIRTH_DATE, claim="", secret=""))

    @Slot()
    def haveNoSlip(self) -> None:
        nik = self._asked.known_nik
        asked = replace(self._asked, by=Secret.PHONE_END, claim=nik, secret="")
        self._ask(SECRET if nik else CLAIM, asked)

    @Slot()
    def takeUp(self) -> None:
        self._ask(SECRET, self._asked)

    @Slot()
    def startAnew(self) -> None:
        self.forget()
        self._host.carry_on()

    @Slot(str)
    def type(self, typed: str) -> None:
        asked = self._asked
        if self._screen == CLAIM:
            length = NUMBER_DIGITS if asked.by_number else NIK_DIGITS
            self._change(claim=(asked.claim + typed)[:length])
        elif typed != " " or (asked.secret and not asked.secret.endswith(" ")):
            self._change(secret=(asked.secret + typed)[: LENGTHS[asked.by]])

    @Slot()
    def erase(self) -> None:
        self._change(**{self._field: getattr(self._asked, self._field)[:-1]})

    @Slot()
    def clear(self) -> None:
        self._change(**{self._field: ""})

    @Slot()
    def next(self) -> None:
        if self._busy:
            return
        if not self._view.ready:
            self._show_asked(replace(self._asked, complaining=True))
        elif self._screen == CLAIM:
            self._take_claim()
        else:
            self._prove()

    def back(self, screen: str) -> None:
        asked = self._asked
        if self._busy:
            return
        if screen == CLAIM and asked.aim is not Aim.RESUME:
            self._ask(WAY, asked)
        elif screen == SECRET:
            known = asked.claim == asked.known_nik != ""
            before = UNFINISHED if asked.aim is Aim.RESUME else WAY
            self._ask(before if known else CLAIM, replace(asked, secret=""))
        elif screen == TRIES and asked.aim is Aim.RESUME and self._host.state.draft_id:
            self.startAnew()
        else:
            self._host.show_menu()

    def forget(self) -> None:
        self._screen = ""
        self._set_busy(busy=False)
        self._show_asked(Asked())

    def retell(self) -> None:
        self._show_asked(self._asked)

    # ------------------------------------------------------------ inside

    @property
    def _field(self) -> str:
        return "claim" if self._screen == CLAIM else "secret"

    def _change(self, **typed: Any) -> None:
        if not self._busy:
            self._show_asked(replace(self._asked, complaining=False, **typed))

    def _ask(self, screen: str, asked: Asked) -> None:
        """Show a screen with what is known so far."""
        self._screen = screen
        self._show_asked(replace(asked, complaining=False))
        self._host.show(screen)

    def _show_asked(self, asked: Asked) -> None:
        self._asked = asked
        view = self._look()
        if view != self._view:
            self._view = view
            self.changed.emit()

    def _look(self) -> View:
        asked, texts = self._asked, self._host.texts
        if self._screen == CLAIM:
            nothing = asked.aim is Aim.RESUME and self._resumable_by(asked.claim) is None
            return look_at_claim(asked, self._host.facts, texts, nothing=nothing)
        if self._screen == SECRET:
            return look_at_secret(asked, texts)
        if self._screen == TRIES:
            return View(lead=texts.say(self._why_the_staff(asked.aim)))
        return View()

    @property
    def _prints(self) -> bool:
        """Whether residents may have their slip once more without the staff."""
        return self._host.services.settings.residents_reprint

    def _why_the_staff(self, aim: Aim) -> str:
        if aim is Aim.RESUME:
            return "proof.tries_resume"
        at_counter = aim is Aim.REPRINT and not self._prints
        return "proof.reprint_at_counter" if at_counter else "proof.tries"

    def _resumable_by(self, nik: str) -> Secret | None:
        """What proves the answers half given with a NIK to be one's own; None if there are none."""
        asks_for_phone = self._unfinished.asks_for_phone(nik)
        if asks_for_phone is None:
            return None
        return Secret.PHONE_END if asks_for_phone else Secret.NAME

    def _take_claim(self) -> None:
        asked = self._asked
        by = self._resumable_by(asked.claim) if asked.aim is Aim.RESUME else asked.by
        self._ask(SECRET, replace(asked, by=by or asked.by))

    def _prove(self) -> None:
        self._set_busy(busy=True)
        asked, services = self._asked, self._host.services
        proof, current = _proof(asked), self._host.state.draft_id

        def look_up() -> Proven | Resumed | NotProven | TooManyTries:
            if asked.aim is not Aim.RESUME and not isinstance(proof, NameProof):
                return find_by_proof(services.store, proof, services.clock)
            if isinstance(proof, SlipProof):
                raise AssertionError("a slip cannot prove answers half given")
            kept_for = services.settings.draft_lifetime
            return resume(services.store, proof, current, services.clock, kept_for)

        self._host.run(look_up, self._proved)

    def _proved(self, outcome: Proven | Resumed | NotProven | TooManyTries) -> None:
        asked = self._asked
        self._set_busy(busy=False)
        match outcome:
            case Proven(registration):
                self.forget()
                self._lead_to(asked.aim, registration)
            case Resumed(draft_id, answers):
                self.forget()
                self._host.take_up(wizard.resume(draft_id, answers, self._host.facts))
            case NotProven(tries_left):
                failed = (asked.claim, asked.secret)
                self._show_asked(replace(asked, failed_with=failed, tries_left=tries_left))
            case TooManyTries():
                self._ask(TRIES, Asked(asked.aim))
            case _:
                assert_never(outcome)

    def _lead_to(self, aim: Aim, registration: Registration) -> None:
        self._status.show(registration)
        if aim is Aim.REPRINT and registration.status.awaits_payment:
            self._status.printAgain()
        else:
            self._status.open()

    def _set_busy(self, *, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busyChanged.emit()
