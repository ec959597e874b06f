"""Plays one visit through the real screens, from a file of answers, and leaves what came of it."""

import json
import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.keys import open_keys, save_public_key
from kiosk.opening import store_keys
from kiosk.settings import Settings
from kiosk.storage.store import open_store
from ui.app import KioskApp, make_application
from ui.visitor import HurriedClock, NoSuchKeyError, Visitor

EXAMPLE = Path(__file__).parent.parent / "resources" / "demo" / "resident.toml"
MARK = ".anjungan-demo"
LEFTOVERS = (
    *("store", "store-journal", "store-backups", "keys", "data", "slips", "screens"),
    *("slip.pdf", "registration.json"),
)
REFUSED = 2
KEY_NAMES = {" ": "Space", ".": "Stop", "'": "Apostrophe"}
EMAIL_KEY_NAMES = {"@": "At"}
USUAL_PLACE = "near_home"

OpenKiosk = Callable[[Settings, HurriedClock], AbstractContextManager[KioskApp]]


class RefusedError(Exception):
    """An answer that the kiosk does not take; the message names it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the file: its kind, and whether a visit can do without it."""

    kind: type
    needed: bool = True


ANSWERS: Mapping[str, Answer] = {
    "segment": Answer(str),
    "job": Answer(str, needed=False),
    "question": Answer(str, needed=False),
    "nik": Answer(str),
    "name": Answer(str),
    "birth_date": Answer(date, needed=False),
    "kecamatan": Answer(str, needed=False),
    "desa": Answer(str, needed=False),
    "address": Answer(str, needed=False),
    "postcode": Answer(str, needed=False),
    "phone_owner": Answer(str),
    "phone": Answer(str, needed=False),
    "email": Answer(str, needed=False),
    "birthplace": Answer(str, needed=False),
    "mother_name": Answer(str, needed=False),
    "place": Answer(str, needed=False),
    "second_segment": Answer(str, needed=False),
    "second_job": Answer(str, needed=False),
    "income_period": Answer(str),
    "income": Answer(int),
    "programme": Answer(str),
    "months": Answer(int),
}


def play(answers_file: Path | None, out: Path, open_kiosk: OpenKiosk) -> int:
    """Play the answers of a TOML file into the folder `out`; returns the exit code.

    Leaves screens/NN-name.png, slip.pdf, registration.json and the store. An answer that the
    kiosk refuses ends with a message that names it and exit code 2.
    """
    file = answers_file or EXAMPLE
    try:
        answers = read_answers(file)
        _make_room(out)
    except RefusedError as refused:
        return _refuse(file, refused)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application()
    settings = replace(
        Settings(),
        store_folder=out / "store",
        slips_folder=out / "slips",
        data_folder=out / "data",
        keys_folder=out / "keys",
        ask_birthplace="birthplace" in answers,
        ask_mother_name="mother_name" in answers,
    )
    clock = HurriedClock()
    with open_kiosk(settings, clock) as app:
        app.show()
        visitor = Visitor(app, clock.skip)
        try:
            pictures = Pictures(visitor, out / "screens")
            number = Play(visitor, app, answers, pictures.take).whole_visit()
        except RefusedError as refused:
            return _refuse(file, refused)
    application.processEvents()
    _leave_papers(settings, number, out)
    print(f"Registration number {number}. See {out}/slip.pdf and {out}/screens/.")
    return 0


def _refuse(file: Path, refused: RefusedError) -> int:
    print(f"{file}: {refused}", file=sys.stderr)
    return REFUSED


def read_answers(file: Path) -> dict[str, Any]:
    """Return the answers of a TOML file; raises RefusedError naming the one that is wrong."""
    try:
        answers = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RefusedError(str(error)) from None
    for name, value in answers.items():
        if name not in ANSWERS:
            raise RefusedError(f"there is no answer called {name!r}")
        if type(value) is not ANSWERS[name].kind:
            raise RefusedError(f"{name} must be a {ANSWERS[name].kind.__name__}")
    missing = [name for name, answer in ANSWERS.items() if answer.needed and name not in answers]
    if missing:
        raise RefusedError(f"{missing[0]} is missing")
    return answers


def _make_room(out: Path) -> None:
    """Remove what an earlier play left; never touch a folder that is somebody else's."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()) and not (out / MARK).exists():
            raise RefusedError(f"{out} holds other files; name an empty folder")
        for name in LEFTOVERS:
            old = out / name
            if old.is_dir():
                shutil.rmtree(old)
            else:
                old.unlink(missing_ok=True)
        (out / MARK).touch()
    except OSError as error:
        raise RefusedError(f"{out}: {error.strerror}") from None


def _leave_papers(settings: Settings, number: str, out: Path) -> None:
    """Put the slip, the record as stored and the public key where they are looked for."""
    (slip,) = settings.slips_folder.glob(f"{number}-*.pdf")
    shutil.move(slip, out / "slip.pdf")
    settings.slips_folder.rmdir()
    keys = open_keys(settings.keys_folder, may_create=False)
    save_public_key(keys.public_key, settings.keys_folder)
    store = open_store(settings.store_folder, store_keys(keys))
    with store.transaction() as record:
        stored = dict(record.row_of_number(number))
    store.close()
    text = json.dumps(stored, indent=1, ensure_ascii=False)
    (out / "registration.json").write_text(text + "\n", encoding="utf-8")


class Pictures:
    """Keeps a picture of each screen."""

    def __init__(self, visitor: Visitor, folder: Path) -> None:
        self._visitor, self._folder = visitor, folder
        self._taken = 0
        folder.mkdir(parents=True)

    def take(self) -> None:
        """Keep what is shown now."""
        self._taken += 1
        name = f"{self._taken:02}-{self._visitor.screen}.png"
        self._visitor.picture().save(str(self._folder / name))


class Play:
    """One visit, screen by screen; `look` is called once for each."""

    def __init__(
        self,
        visitor: Visitor,
        app: KioskApp,
        answers: Mapping[str, Any],
        look: Callable[[], None],
    ) -> None:
        self._visitor = visitor
        # mypy knows no types for the properties of a QObject
        self._visit: Any = app.visit
        self._answers = {"place": USUAL_PLACE, **answers}
        self._look = look

    def whole_visit(self) -> str:
        """Go from the idle screen to the slip; returns the registration number."""
        self._look()
        self._visitor.tap("start")
        self._look()
        self._visitor.tap("register")
        acts = {
            "consent": lambda: None,
            "work": self._work,
            "job": self._job,
            "question": self._question,
            "nik": lambda: self._type("nik", "pad"),
            "name": self._name,
            "birthplace": lambda: self._type("birthplace", "letter"),
            "mother": lambda: self._type("mother_name", "letter"),
            "address": self._address,
            "kecamatan": lambda: self._choose("kecamatan", self._visit.kecamatan, "kecamatan"),
            "desa": lambda: self._choose("desa", self._visit.desa, "otherdesa"),
            "elsewhere": self._elsewhere,
            "phone": self._phone,
            "email": self._email,
            "place": self._place,
            "second_work": lambda: self._tap_answer("second_segment", "secondwork-"),
            "second_job": lambda: self._choose("second_job", self._visit.secondJob, "secondjob"),
            "income": self._income,
            "programme": lambda: self._tap_answer("programme", "programme-"),
            "months": self._months,
            "review": self._declare,
        }
        while self._visitor.screen in acts:
            step = self._visitor.screen
            acts[step]()
            self._look()
            self._visitor.tap("next")
            if step == "review":
                self._visitor.wait_until(lambda: not self._visit.busy)
            self._refuse_if_stuck(step)
        if self._visitor.screen != "done":
            raise RefusedError(f"the kiosk stops this visit: {self._visit.title}")
        self._visitor.wait_until(lambda: self._visit.done.slip in {"filed", "failed"})
        self._look()
        if self._visit.done.slip == "failed":
            raise RefusedError("the slip could not be made")
        number = str(self._visit.done.number).replace(" ", "")
        self._visitor.tap("finish")
        self._look()
        return number

    def _refuse_if_stuck(self, step: str) -> None:
        if self._visitor.screen != step:
            return
        nik = self._visit.nik
        reason = f"{nik.title} {nik.text}" if step == "nik" else self._visit.problem
        raise RefusedError(f"{step}: {reason.strip()}")

    def _tap_answer(self, name: str, prefix: str) -> None:
        try:
            self._visitor.tap(f"{prefix}{self._answers[name]}")
        except (NoSuchKeyError, KeyError):
            raise RefusedError(f"{name}: there is no such choice") from None

    def _type(self, name: str, keys: str) -> None:
        names = EMAIL_KEY_NAMES if keys == "email" else KEY_NAMES
        for letter in str(self._answers.get(name, "")):
            try:
                self._visitor.tap(f"{keys}{names.get(letter, letter)}")
            except NoSuchKeyError:
                raise RefusedError(f"{name}: there is no key for {letter!r}") from None

    def _choose(self, name: str, model: Any, prefix: str) -> None:
        wanted = str(self._answers.get(name, "")).casefold()
        for choice in model.choices:
            if wanted in {choice["id"].casefold(), choice["label"].casefold()}:
                self._visitor.tap(f"{prefix}-{choice['id']}")
                return
        raise RefusedError(f"{name}: there is no such choice")

    def _work(self) -> None:
        self._tap_answer("segment", "work-")

    def _job(self) -> None:
        self._choose("job", self._visit.job, "job")

    def _question(self) -> None:
        self._tap_answer("question", "question-")

    def _name(self) -> None:
        self._type("name", "letter")
        if self._visit.name.name != self._answers["name"]:
            raise RefusedError("name: longer than the kiosk takes, or with two spaces in a row")
        born = self._answers.get("birth_date")
        if born is not None:
            self._visitor.tap("changeBirthDate")
            for digit in f"{born:%d%m%Y}":
                self._visitor.tap(f"pad{digit}")

    def _address(self) -> None:
        if "address" in self._answers:
            self._visitor.tap("lives-elsewhere")
        elif "kecamatan" in self._answers:
            self._visitor.tap("lives-other_kecamatan")
        else:
            self._choose("desa", self._visit.home, "desa")

    def _elsewhere(self) -> None:
        for letter in str(self._answers["address"]).upper():
            self._type_on_layers(letter)
        self._visitor.tap("elsewherePostcode")
        self._type("postcode", "pad")

    def _type_on_layers(self, letter: str) -> None:
        key = f"letter{KEY_NAMES.get(letter, letter)}"
        if self._visitor.find(key) is None:
            self._visitor.tap("letterOrder")
        try:
            self._visitor.tap(key)
        except NoSuchKeyError:
            raise RefusedError(f"address: there is no key for {letter!r}") from None

    def _phone(self) -> None:
        self._tap_answer("phone_owner", "phone-")
        self._type("phone", "pad")
        if "email" in self._answers:
            self._visitor.tap("addEmail")

    def _email(self) -> None:
        self._type("email", "email")

    def _place(self) -> None:
        self._tap_answer("place", "place-")
        if "second_segment" in self._answers:
            self._visitor.tap("addJob")

    def _income(self) -> None:
        self._tap_answer("income_period", "income-")
        self._type("income", "pad")

    def _months(self) -> None:
        self._tap_answer("months", "months-")

    def _declare(self) -> None:
        while self._visit.more:
            self._look()
            self._visitor.tap("next")
        for declaration in ("data_true", "working_and_fit", "send_to_bpjs"):
            self._visitor.tap(f"tick-{declaration}")
