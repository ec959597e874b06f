"""`main.py demo` and `main.py verify`, run as programs, as `make run` does where no screen is."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from samples import RESOURCES, ROOT, load_texts

from kiosk.domain.registration_number import group_number, is_valid_number
from kiosk.keys import open_keys
from kiosk.opening import store_keys
from kiosk.storage.store import open_store
from main import main

from .residents import NAME, NIK
from .stage import read_codes
from .traces import betrays

PLACE = 'place = "kabupaten"\n'
EXAMPLE = (RESOURCES / "demo" / "resident.toml").read_text("utf-8")


def run(home: Path, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run main.py as somebody whose own kiosk, if any, is below `home`."""
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env=environment,
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Demo:
    """What two demos in a row into the same folder left and printed."""

    home: Path
    folder: Path
    printed: str
    first_number: str

    @property
    def number(self) -> str:
        return number_in(self.printed)

    @property
    def qr_text(self) -> str:
        return read_codes((self.folder / "slip.pdf").read_bytes())["QRCode"]


def number_in(printed: str) -> str:
    return printed.removeprefix("Registration number ").partition(".")[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("with a space") / "the demo"
    first = run(home, "demo", "--out", str(folder))
    (folder / "screens" / "99-old.png").touch()
    second = run(home, "demo", "--out", str(folder))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    return Demo(home, folder, second.stdout, number_in(first.stdout))


def test_it_leaves_the_slip_the_record_the_screens_and_the_store(demo: Demo) -> None:
    assert is_valid_number(demo.number)
    assert read_codes((demo.folder / "slip.pdf").read_bytes())["Code128"] == demo.number
    record = json.loads((demo.folder / "registration.json").read_text("utf-8"))
    assert (record["number"], record["nik"], record["name"]) == (demo.number, NIK, NAME)
    keys = open_keys(demo.folder / "keys", may_create=False)
    store = open_store(demo.folder / "store", store_keys(keys))
    with store.transaction() as open_record:
        assert dict(open_record.row_of_number(demo.number)) == record
    store.close()


def test_its_screens_are_numbered_in_their_order(demo: Demo) -> None:
    pictures = sorted(path.name for path in (demo.folder / "screens").iterdir())
    assert pictures[0] == "01-idle.png"
    assert [picture[3:-4] for picture in pictures[1:5]] == ["menu", "consent", "work", "job"]
    assert pictures[-1].endswith("-idle.png")
    assert [picture[:2] for picture in pictures] == [
        f"{place:02}" for place in range(1, len(pictures) + 1)
    ]


def test_it_prints_the_number_and_no_resident(demo: Demo) -> None:
    assert demo.number in demo.printed
    assert not betrays(demo.printed)


def test_a_second_demo_takes_the_place_of_the_first(demo: Demo) -> None:
    assert not (demo.folder / "screens" / "99-old.png").exists()
    assert demo.number[-7:-1] == demo.first_number[-7:-1] == "000001"


REFUSED: dict[str, tuple[str, str, list[str]]] = {
    "a day that does not exist in the NIK": (NIK, "3604093208850007", ["nik", "32"]),
    "a NIK too long": (NIK, f"{NIK}3", ["nik"]),
    "70 years old": (NIK, "3604091205560007", ["70"]),
    "an unknown kind of work": ('"dagang"', '"dukun"', ["segment"]),
    "an unknown job": ('"pedagang pasar"', '"penyihir"', ["job"]),
    "a name with an accent": (NAME, "SITI AMINAHÉ", ["name", "É"]),
    "a name too long": (NAME, "A" * 61, ["name"]),
    "a phone of the wrong kind": ('"081234567890"', '"0254123456"', ["phone", "08"]),
    "an e-mail without a dot": ("months = 3", 'months = 3\nemail = "siti@gmail"', ["email"]),
    "an e-mail in capitals": ("months = 3", 'months = 3\nemail = "SITI@gmail.com"', ["email", "S"]),
    "a place that is none": ('"kabupaten"', '"pasar"', ["place"]),
    "the same job twice": (
        "months = 3",
        'months = 3\nsecond_segment = "dagang"\nsecond_job = "pedagang pasar"',
        ["second_job"],
    ),
    "months that cannot be chosen": ("months = 3", "months = 4", ["months"]),
    "months as text": ("months = 3", 'months = "3"', ["months", "int"]),
    "a NIK as a number": (f'"{NIK}"', NIK, ["nik", "str"]),
    "an answer that is not asked": ("months = 3", 'months = 3\nhobby = "x"', ["hobby"]),
    "an answer missing": ("months = 3", "", ["months"]),
    "no TOML at all": ("months = 3", "months =", []),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_answer_that_the_kiosk_refuses_ends_with_its_name(
    application: QGuiApplication,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    what: str,
) -> None:
    monkeypatch.setattr("ui.demo.make_application", lambda: application)
    old, new, words = REFUSED[what]
    assert old in EXAMPLE
    answers = tmp_path / "answers.toml"
    answers.write_text(EXAMPLE.replace(old, new), encoding="utf-8")
    code = main(["demo", "--answers", str(answers), "--out", str(tmp_path / "out")])
    printed = capsys.readouterr()
    assert code == 2, printed.out
    assert [word for word in (str(answers), *words) if word not in printed.err] == []
    assert not (tmp_path / "out" / "slip.pdf").exists()


def test_what_most_residents_do_without_can_be_answered_and_left_out(
    application: QGuiApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ui.demo.make_application", lambda: application)
    more = (
        'email = "siti.a-1_b@mail.id"\nbirthplace = "PANDEGLANG"\nmother_name = "NUR\'AINI"\n'
        'second_segment = "jasa"\nsecond_job = "Laundry"\n'
    )
    record = {}
    for name, text in (("more", EXAMPLE + more), ("less", EXAMPLE.replace(PLACE, ""))):
        answers, out = tmp_path / f"{name}.toml", tmp_path / name
        answers.write_text(text, encoding="utf-8")
        assert main(["demo", "--answers", str(answers), "--out", str(out)]) == 0
        record[name] = json.loads((out / "registration.json").read_text("utf-8"))
    kept = ("email", "birthplace", "mother_name", "work_place", "second_job_id")
    assert [record["more"][one] for one in kept] == [
        *("siti.a-1_b@mail.id", "PANDEGLANG", "NUR'AINI", "kabupaten", "laundry")
    ]
    assert [record["less"][one] for one in kept] == ["", "", "", "near_home", ""]


def test_a_folder_with_files_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "home of somebody"
    (folder / "store").mkdir(parents=True)
    (folder / "store" / "letter.txt").write_text("dear all")
    ended = run(tmp_path, "demo", "--out", str(folder))
    assert ended.returncode == 2
    assert str(folder) in ended.stderr
    assert [path.name for path in folder.rglob("*")] == ["store", "letter.txt"]


def test_answers_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.toml"
    ended = run(tmp_path, "demo", "--answers", str(missing), "--out", str(tmp_path / "out"))
    assert ended.returncode == 2
    assert str(missing) in ended.stderr


def test_a_slip_is_genuine_to_who_trusts_its_kiosk(demo: Demo) -> None:
    trust = ("--trust", str(demo.folder / "keys"))
    ended = run(demo.home, "verify", *trust, "--name", NAME, said=demo.qr_text + "\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("genuine")
    assert group_number(demo.number) in ended.stdout


def test_a_slip_with_one_character_changed_is_altered(demo: Demo) -> None:
    changed = demo.qr_text.replace("33600", "13600")
    assert changed != demo.qr_text
    ended = run(demo.home, "verify", "--trust", str(demo.folder / "keys"), said=changed + "\n")
    assert ended.returncode == 1
    assert ended.stdout.startswith("altered")


def test_a_slip_of_a_kiosk_nobody_trusts_has_an_unknown_key(demo: Demo) -> None:
    ended = run(demo.home, "verify", said=demo.qr_text + "\n")
    assert ended.returncode == 1
    assert ended.stdout.startswith("unknown key")


def test_words_on_the_slip_are_no_slip(demo: Demo) -> None:
    ended = run(demo.home, "verify", said=load_texts().say("slip.title") + "\n")
    assert ended.returncode == 1
    assert ended.stdout.startswith("not a slip")
