"""The setup on a terminal: the first admin, and the way back for one who lost the PIN."""

from pathlib import Path

import pytest
from samples import RESOURCES, StillClock

from kiosk import setup
from kiosk.accounts import Place, SignedIn, WrongPin, sign_in
from kiosk.domain.texts import Texts
from kiosk.languages import load_languages
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.terminal import Terminal, texts_of_terminal

TEXTS = load_languages(RESOURCES / "texts").texts
PIN, OTHER_PIN = "402917", "771204"


class Typist:
    """Types one line after the other, and reads what is said."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.asked: list[str] = []
        self.said: list[str] = []

    def terminal(self) -> Terminal:
        return Terminal(self.type, self.type, self.said.append)

    def type(self, prompt: str) -> str:
        self.asked.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


class Office:
    """A machine on which somebody runs the setup."""

    def __init__(self, folder: Path, clock: StillClock) -> None:
        self.settings = Settings(store_folder=folder / "store", keys_folder=folder / "keys")
        self.clock = clock

    def run(self, typist: Typist, *, recover: bool = False, texts: Texts = TEXTS["id"]) -> int:
        return setup.talk(self.settings, texts, self.clock, typist.terminal(), recover=recover)

    def sign_in(self, name: str, pin: str) -> object:
        _, store = open_own(self.settings)
        try:
            return sign_in(store, name, pin, Place.KIOSK, self.clock)
        finally:
            store.close()


@pytest.fixture
def office(tmp_path: Path, clock: StillClock) -> Office:
    return Office(tmp_path, clock)


def test_the_setup_asks_for_a_name_and_twice_for_a_pin(office: Office) -> None:
    typist = Typist("Pak Asep", PIN, PIN)
    assert office.run(typist) == 0
    assert typist.asked == ["Nama admin: ", "PIN baru: ", "PIN sekali lagi: "]
    assert "Pak Asep" in typist.said[-1]
    assert isinstance(office.sign_in("pak asep", PIN), SignedIn)


def test_a_bad_pin_is_asked_for_again_with_the_reason(office: Office) -> None:
    typist = Typist("Pak Asep", "123456", "4029", "abc", "4" * 13, PIN, OTHER_PIN, PIN, PIN)
    assert office.run(typist) == 0
    assert [sentence.partition(".")[0] for sentence in typist.said[1:-1]] == [
        "PIN itu mudah ditebak",
        "PIN paling sedikit 6 angka",
        "PIN terdiri dari angka saja",
        "PIN paling banyak 12 angka",
        "Kedua PIN tidak sama",
    ]


def test_a_second_setup_is_refused_before_anything_is_asked(office: Office) -> None:
    office.run(Typist("Pak Asep", PIN, PIN))
    typist = Typist("Somebody", OTHER_PIN, OTHER_PIN)
    assert office.run(typist, texts=TEXTS["en"]) == 1
    assert typist.asked == []
    assert "has an admin" in typist.said[0]


def test_without_a_name_nobody_is_made_admin(office: Office) -> None:
    assert office.run(Typist("  ", PIN, PIN)) == 1
    assert office.run(Typist("Pak Asep", PIN, PIN)) == 0


def test_who_gives_up_half_way_has_changed_nothing(office: Office) -> None:
    typist = Typist("Pak Asep", PIN)
    assert office.run(typist) == setup.CALLED_OFF
    assert "Dibatalkan" in typist.said[-1]
    assert office.run(Typist("Pak Asep", PIN, PIN)) == 0


def test_a_lost_pin_is_replaced_for_who_types_the_admins_name(office: Office) -> None:
    office.run(Typist("Pak Asep", PIN, PIN))
    for _ in range(5):
        office.sign_in("Pak Asep", "000001")
    typist = Typist("pak asep", OTHER_PIN, OTHER_PIN)
    assert office.run(typist, recover=True) == 0
    assert isinstance(office.sign_in("Pak Asep", OTHER_PIN), SignedIn)
    assert isinstance(office.sign_in("Pak Asep", PIN), WrongPin)


def test_no_pin_is_given_to_a_name_that_is_no_admins(office: Office) -> None:
    assert office.run(Typist(), recover=True) == 1
    office.run(Typist("Pak Asep", PIN, PIN))
    typist = Typist("Pak Usep", OTHER_PIN, OTHER_PIN)
    assert office.run(typist, recover=True) == 1
    assert "Tidak ada yang berubah" in typist.said[-1]
    assert isinstance(office.sign_in("Pak Asep", PIN), SignedIn)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("id_ID.UTF-8", "id"), ("en_US.UTF-8", "en"), ("C.UTF-8", "id"), ("fr_FR", "id"), ("", "id")],
)
def test_the_terminal_is_spoken_to_in_its_language(
    monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", locale)
    assert texts_of_terminal(TEXTS).language == language
