"""`setup --answers`: a new kiosk set up by a file, with everything that can stand in it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from central.enrolled import console_of
from central.fixtures import Centre
from samples import ROOT, StillClock, load_regions
from test_first_admin import PIN, TEXTS, Typist

from kiosk import setup
from kiosk.accounts import Place, SignedIn, sign_in
from kiosk.central.enrolment import Enrolled, enrol
from kiosk.central.token import in_lines, write_token
from kiosk.domain.failures import DataFailure
from kiosk.domain.setting import Flaw
from kiosk.first_start import Answers, Unfit, check, is_new, read_answers
from kiosk.layers import Layers
from kiosk.opening import open_own
from kiosk.settings import Settings

LEAST = 'kecamatan_code = "36.04.30"\nadmin = "Dedi"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.toml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store_folder=tmp_path / "store", keys_folder=tmp_path / "keys")


def read(file: Path, text: str) -> Answers:
    file.write_text(text)
    return read_answers(file, load_regions())


def take(settings: Settings, answers: Answers, *typed: str) -> tuple[int, Typist]:
    typist = Typist(*typed)
    layers = Layers(settings)
    code = setup.take(layers, TEXTS["id"], StillClock(), typist.terminal(), answers)
    return code, typist


def in_store(settings: Settings) -> dict[str, Any]:
    _, store = open_own(settings)
    with store.reading() as record:
        set_here = dict(record.settings.in_force())
    new = is_new(store)
    store.close()
    return {"new": new, **set_here}


def test_names_that_are_left_out_are_the_usual_ones(file: Path) -> None:
    names = {"office": "Kecamatan Anyar", "kiosk_name": "Anjungan Anyar"}
    assert read(file, LEAST) == Answers({"kecamatan_code": "36.04.30", **names}, "Dedi")
    assert read(file, LEAST + 'office = "Kantor"\n').settings["office"] == "Kantor"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('admin = "Dedi"\n', "kecamatan_code is missing"),
        ('kecamatan_code = "36.04.30"\n', "admin is missing"),
        ('kecamatan_code = "36.73.01"\nadmin = "Dedi"\n', "none of the 29"),
        (LEAST + 'admin_pin = "402917"\n', "nobody asks for admin_pin"),
        (LEAST + 'store_folder = "/srv"\n', "nobody asks for store_folder"),
        (LEAST + 'paper = "58mm\n', "line 3"),
        (LEAST + "token_file = 1\n", "token_file is no path"),
    ],
)
def test_a_file_that_cannot_be_is_refused_by_name(file: Path, text: str, named: str) -> None:
    with pytest.raises(DataFailure, match=named) as refused:
        read(file, text)
    assert "402917" not in str(refused.value)


def test_a_file_that_is_not_there_is_said(file: Path) -> None:
    with pytest.raises(DataFailure):
        read_answers(file, load_regions())


def test_a_kiosk_is_set_up_and_its_admin_can_sign_in(settings: Settings, file: Path) -> None:
    answers = read(file, LEAST + 'printer = "Loket"\npaper = "80mm"\n')
    code, typist = take(settings, answers, PIN)
    assert (code, typist.asked) == (0, [f"{TEXTS['id'].say('desk_setup.pin')}: "])
    # What stands as it was is no change.
    changed = {name: one for name, one in answers.settings.items() if name != "paper"}
    assert in_store(settings) == {"new": False, **changed}
    _, store = open_own(settings)
    assert isinstance(sign_in(store, "Dedi", PIN, Place.KIOSK, StillClock()), SignedIn)
    store.close()


def test_a_second_time_nothing_is_changed(settings: Settings, file: Path) -> None:
    take(settings, read(file, LEAST), PIN)
    before = in_store(settings)
    code, typist = take(settings, read(file, LEAST.replace("30", "09")), PIN)
    assert (code, typist.asked) == (1, [])
    assert in_store(settings) == before


@pytest.mark.parametrize(
    ("more", "typed", "told"),
    [
        ('paper = "A3"\n', PIN, "paper"),
        (f'office = "{"K" * 41}"\n', PIN, "office"),
        ("", "123456", TEXTS["id"].say("desk_setup.pin_trivial")),
        ("", "", TEXTS["id"].say("desk_setup.pin_not_digits")),
    ],
)
def test_an_answer_that_cannot_be_keeps_nothing(
    settings: Settings, file: Path, more: str, typed: str, told: str
) -> None:
    code, typist = take(settings, read(file, LEAST + more), typed)
    assert code == 1
    assert told in typist.said[-1]
    assert in_store(settings) == {"new": True}


def test_what_does_not_go_together_is_found_before_anything_is_kept() -> None:
    def rolls_alone(settings: Settings) -> None:
        if settings.printer and settings.paper == "A4":
            raise ValueError("rolls")

    layers = Layers(Settings(), fits=rolls_alone)
    assert check(layers, {"paper": "A4"}) is None
    unfit = check(layers, {"paper": "A4", "printer": "Loket"})
    assert unfit == Unfit("", Flaw.GOES_NOT)


def test_the_pin_comes_on_standard_input_where_nobody_sits(tmp_path: Path, file: Path) -> None:
    file.write_text(LEAST)
    config = tmp_path / "kiosk.toml"
    folders = ("store", "keys", "data", "log", "slips")
    config.write_text("".join(f'{one}_folder = "{tmp_path / one}"\n' for one in folders))
    command = [sys.executable, "main.py", "--config", str(config), "setup", "--answers", str(file)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=f"{PIN}\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LANG": "id_ID.UTF-8"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert PIN not in done.stdout
    settings = Settings(store_folder=tmp_path / "store", keys_folder=tmp_path / "keys")
    assert in_store(settings)["office"] == "Kecamatan Anyar"


# ------------------------------------------------------------ and joined to the centre


WITH_TOKEN = LEAST + 'token_file = "token.txt"\n'


def enrolled(centre: Centre, folder: Path, office: str = "36.04.30") -> Enrolled:
    """A kiosk at the centre, and its token in a file beside the answers."""
    made = enrol(console_of(centre, folder), "Loket 1", office)
    (folder / "token.txt").write_text(in_lines(write_token(made.token)))
    return made


def number_at_centre(settings: Settings) -> str | None:
    """The number under which this kiosk belongs to a centre."""
    _, store = open_own(settings)
    with store.reading() as record:
        joined, number = record.centre.membership(), record.identity().kiosk_number
    store.close()
    return number if joined else None


def test_a_kiosk_joins_with_the_token_beside_the_answers(
    settings: Settings, file: Path, centre: Centre
) -> None:
    made = enrolled(centre, file.parent)
    code, typist = take(settings, read(file, WITH_TOKEN), PIN)
    joined = TEXTS["id"].say("join.joined", number=made.number, name="Loket 1", office="36.04.30")
    assert (code, typist.said[-1]) == (0, joined)
    assert in_store(settings)["new"] is False
    assert number_at_centre(settings) == made.number


def test_a_kiosk_whose_token_is_refused_is_set_up_and_says_that_it_has_not_joined(
    settings: Settings, file: Path, centre: Centre, tmp_path: Path
) -> None:
    enrolled(centre, file.parent)
    other = Settings(store_folder=tmp_path / "other", keys_folder=tmp_path / "other_keys")
    assert take(other, read(file, WITH_TOKEN), PIN)[0] == 0
    code, typist = take(settings, read(file, WITH_TOKEN), PIN)
    say = TEXTS["id"].say
    assert (code, typist.said[-2:]) == (1, [say("join.used"), say("desk_setup.not_joined")])
    assert in_store(settings)["office"] == "Kecamatan Anyar"
    assert number_at_centre(settings) is None


def test_a_token_of_another_kecamatan_is_not_used(
    settings: Settings, file: Path, centre: Centre
) -> None:
    enrolled(centre, file.parent, office="36.04.09")
    code, typist = take(settings, read(file, WITH_TOKEN), PIN)
    said = TEXTS["id"].say("desk_setup.other_office", theirs="36.04.09", chosen="36.04.30")
    assert (code, typist.said[-2]) == (1, said)
    assert in_store(settings)["kecamatan_code"] == "36.04.30"
    with centre.connect() as owner:
        assert owner.execute("SELECT state FROM centre.kiosk").fetchall() == [("claiming",)]


@pytest.mark.parametrize("content", [None, "109170000427"])
def test_without_a_token_that_can_be_read_the_kiosk_is_set_up_all_the_same(
    settings: Settings, file: Path, content: str | None
) -> None:
    if content is not None:
        (file.parent / "token.txt").write_text(content)
    code, typist = take(settings, read(file, WITH_TOKEN), PIN)
    assert (code, typist.said[-1]) == (1, TEXTS["id"].say("desk_setup.not_joined"))
    assert in_store(settings)["office"] == "Kecamatan Anyar"
