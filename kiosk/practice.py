"""Practice mode: a kiosk and a desk of their own, with people who do not exist.

Everything lies apart in one folder, under keys that are trusted nowhere. The store is marked, its
numbers begin with 00000: so no slip of it is genuine, and nothing of it can be handed over.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import TypeVar

from kiosk.accounts import Created, create_first_admin
from kiosk.clock import Clock
from kiosk.data import Data, load_data
from kiosk.desk import actions
from kiosk.desk.details import open_record
from kiosk.desk.entry import Entry, enter
from kiosk.desk.session import Desk
from kiosk.desk.staffing import create
from kiosk.domain.answers import Answers, Lives
from kiosk.domain.desk import Detail
from kiosk.domain.months import Month
from kiosk.domain.nik import Sex
from kiosk.domain.orders import Payment
from kiosk.domain.print_job import BY_A_PERSON, PrintState
from kiosk.domain.registration import Declaration, PhoneOwner, WorkPlace
from kiosk.domain.staff import Account, Role
from kiosk.domain.tariff import Package
from kiosk.domain.texts import ORIGINAL
from kiosk.facts import OfficeFacts
from kiosk.handover.answers import Applied, Preview, apply, preview
from kiosk.keys import open_keys
from kiosk.opening import store_keys
from kiosk.registration import Registered
from kiosk.settings import Settings
from kiosk.storage.store import Store, open_store

FOLDER = "practice"
NAME = "Latihan"
"""The account to practise with; it may do what a supervisor may."""
ADMIN_NAME = "Latihan Admin"
PIN = "508213"
"""Of both accounts. It opens nothing but the practice, so the sign-in there may show it."""

_SEED = 2026
_NIK_AREA = "360401"
_WOMEN = ("SITI", "RINA", "YULI", "DEWI", "NENG", "TUTI", "IIS", "WIWIN")
_MEN = ("BUDI", "DEDI", "ASEP", "UJANG", "RUDI", "HENDRA", "AGUS", "SAIFUL")
_LAST = ("CONTOH", "LATIHANI", "ANDAIKAN", "PERCOBAAN", "MISALNYA", "UMPAMA")
"""Nobody is called so: a page that is found later explains itself."""
_HANDED_OVER, _REJECTED, _ACCEPTED, _PAID, _MEMBERS = 5, 3, 5, 4, 3
_LATE, _TODAY = 4, 8


def practice_settings(settings: Settings) -> Settings:
    """Return the settings of this kiosk with folders that only practising uses."""
    return _in_folder(settings, settings.data_folder / FOLDER)


def prepare(settings: Settings, resources: Path, clock: Clock) -> Settings:
    """Make the practice if there is none yet, and return its settings.

    `settings` are those of the kiosk at work, of whose folders nothing is used but the place and
    the kept copies of the data. What was practised stays until the folder is deleted. Raises
    KioskFailure.
    """
    practice = practice_settings(settings)
    folder = settings.data_folder / FOLDER
    if not folder.exists():
        # Under another name until all of it is there, so that a power cut leaves no half.
        unfinished = folder.with_name(f"{FOLDER}.new")
        rmtree(unfinished, ignore_errors=True)
        _make(_in_folder(settings, unfinished), load_data(resources, settings.data_folder), clock)
        unfinished.rename(folder)
    return practice


def _in_folder(settings: Settings, folder: Path) -> Settings:
    return replace(
        settings,
        store_folder=folder / "store",
        slips_folder=folder / "slips",
        data_folder=folder / "data",
        log_folder=folder / "logs",
        keys_folder=folder / "keys",
        trust_folder=folder / "trusted",
    )


def _make(settings: Settings, data: Data, clock: Clock) -> None:
    keys = open_keys(settings.keys_folder)
    with closing(open_store(settings.store_folder, store_keys(keys))) as store:
        with store.transaction() as record:
            record.begin_practice()
        past = _Past(clock, clock.now())
        facts = OfficeFacts(data, settings, past)
        admin = _must(create_first_admin(store, ADMIN_NAME, PIN, past), Created).account
        made = create(Desk(store, facts, past, admin), NAME, Role.SUPERVISOR, PIN)
        _Filling(store, data, facts, past, _must(made, Created).account).fill(
            settings.store_folder.parent / "answer.csv"
        )


@dataclass(slots=True)
class _Past:
    """A clock that stands at a moment of the last days."""

    clock: Clock
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def monotonic_ms(self) -> float:
        return self.clock.monotonic_ms()

    @property
    def boot(self) -> str:
        return self.clock.boot

    @property
    def is_trusted(self) -> bool:
        return self.clock.is_trusted

    def stand(self, *, days: float = 0, minutes: float = 0) -> None:
        """Stand so long before now."""
        self.moment = self.clock.now() - timedelta(days=days, minutes=minutes)


class _Filling:
    """Registers invented people and brings them to every state, by the use cases of every day."""

    def __init__(
        self, store: Store, data: Data, facts: OfficeFacts, past: _Past, account: Account
    ) -> None:
        self._store = store
        self._data = data
        self._facts = facts
        self._past = past
        self._desk = Desk(store, facts, past, account)
        self._random = Random(_SEED)  # noqa: S311 (the same people every time)
        self._people = 0

    def fill(self, answer_file: Path) -> None:
        """Leave somebody in every state; `answer_file` is written for a moment."""
        sizes = (_HANDED_OVER, _REJECTED, _ACCEPTED, _PAID, _MEMBERS)
        earlier = self._register(sum(sizes), days=8)
        self._past.stand(days=7)
        with self._store.transaction() as record:
            record.handover.make_batch(self._desk.account.id, self._past.now(), len(earlier))
        _, rejected, _, paid, members = _cut(earlier, sizes)
        self._past.stand(days=6)
        answered = earlier[_HANDED_OVER:]
        self._answer(answer_file, answered, rejected)
        self._register(_LATE, days=5)
        self._pay([*paid, *members])
        self._record_kpj(members)
        self._work_of_today(self._register(_TODAY, days=0))

    def _register(self, people: int, *, days: float) -> list[str]:
        """Register people one after another; all of them took their slip."""
        ids = []
        for left in range(people, 0, -1):
            self._past.stand(days=days, minutes=4 * left)
            self._people += 1
            entry = Entry(f"practice-{self._people:03}", self._answers(), "practice", ORIGINAL)
            registered = _must(enter(self._desk, entry), Registered).registration
            self._settle(registered.id, PrintState.CAME_OUT)
            ids.append(registered.id)
        return ids

    def _settle(self, registration_id: str, state: PrintState) -> None:
        """Let a person have said what became of a slip that no printer ever gets."""
        with self._store.transaction() as record:
            slip = record.prints.slip(registration_id)
            assert slip is not None
            record.prints.settle(slip.id, state, BY_A_PERSON, self._past.now())

    def _answers(self) -> Answers:
        pick = self._random.choice
        sex = pick(list(Sex))
        first = pick(_WOMEN if sex is Sex.FEMALE else _MEN)
        segment = self._data.work.segments[self._people % len(self._data.work.segments)]
        kecamatan = self._facts.regions.find_kecamatan(self._facts.home_kecamatan)
        assert kecamatan is not None
        return Answers(
            segment_id=segment.id,
            job_id=pick(segment.jobs).id,
            question_yes=None if segment.question is None else False,
            nik=self._nik(sex),
            name=f"{first} {pick(_LAST)}",
            birthplace="SERANG",
            mother_name=f"{pick(_WOMEN)} {pick(_LAST)}",
            lives=Lives.HERE,
            desa_code=pick(kecamatan.desa).code,
            phone_owner=PhoneOwner.OWN,
            phone=f"08120000{self._people:04}",
            work_place=pick(list(WorkPlace)),
            income_digits=str(pick((50_000, 75_000, 100_000, 150_000))),
            package=pick(list(Package)),
            months=pick(self._facts.tariff.periods),
            declarations=frozenset(Declaration),
        )

    def _nik(self, sex: Sex) -> str:
        born = date(self._random.randint(1970, 2000), self._random.randint(1, 12), 1)
        day = self._random.randint(1, 28) + (40 if sex is Sex.FEMALE else 0)
        return f"{_NIK_AREA}{day:02}{born:%m%y}{9000 + self._people:04}"

    def _answer(self, file: Path, answered: Sequence[str], rejected: Sequence[str]) -> None:
        with file.open("w", newline="") as output:
            rows = csv.writer(output)
            rows.writerow(("Nomor pendaftaran", "Hasil", "Alasan"))
            for one in answered:
                number = self._detail(one).registration.number
                no = ("Ditolak", "NIK tidak ditemukan") if one in rejected else ("Diterima", "")
                rows.writerow((number, *no))
        previewed = _must(preview(self._store, file, self._data.handover, self._past), Preview)
        applied = _must(apply(self._store, self._desk.account, previewed, self._past), Applied)
        assert applied == Applied(len(answered), 0)
        file.unlink()

    def _pay(self, ids: Sequence[str]) -> None:
        for place, one in enumerate(ids):
            self._past.stand(days=3, minutes=-place)
            today = self._facts.today
            months = self._random.choice(self._facts.tariff.periods)
            paid = Payment("BRILink", f"LATIHAN {place + 1:03}", today, Month.of(today), months)
            _must(actions.mark_paid(self._desk, one, paid), actions.PaidFor)

    def _record_kpj(self, ids: Sequence[str]) -> None:
        for place, one in enumerate(ids):
            self._past.stand(days=2, minutes=-place)
            _must(actions.record_kpj(self._desk, one, f"{place + 1:011}"), actions.Done)

    def _work_of_today(self, ids: Sequence[str]) -> None:
        """Three slips did not come out, two records were corrected, a registration is void."""
        self._past.stand()
        for one in ids[:3]:
            self._settle(one, PrintState.FAILED)
        name = self._detail(ids[3]).answers.name
        self._correct(ids[3], "ejaan di KTP", name=f"{name} SAJA")
        # Not the day that the NIK tells: somebody has to look at the KTP.
        self._correct(ids[4], "seperti di KTP", birth_date_digits="29021992")
        _must(actions.void(self._desk, ids[5], "terdaftar dua kali"), actions.Done)

    def _correct(self, registration_id: str, reason: str, **changes: str) -> None:
        detail = self._detail(registration_id)
        answers = replace(detail.answers, **changes)  # type: ignore[arg-type]
        seen = detail.registration.revision
        corrected = actions.correct(self._desk, registration_id, seen, answers, reason)
        _must(corrected, actions.Done)

    def _detail(self, registration_id: str) -> Detail:
        return _must(open_record(self._desk, registration_id), Detail)


def _cut(ids: Sequence[str], sizes: Sequence[int]) -> Iterator[Sequence[str]]:
    begin = 0
    for size in sizes:
        yield ids[begin : begin + size]
        begin += size


Wanted = TypeVar("Wanted")


def _must(outcome: object, wanted: type[Wanted]) -> Wanted:
    if not isinstance(outcome, wanted):
        raise AssertionError(f"the practice cannot be made: {type(outcome).__name__}")
    return outcome
