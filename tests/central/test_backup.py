"""The centre's backup: encrypted, proven to open, and enough to begin again from."""

import argparse
import json
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from samples import load_texts

from central.fixtures import Centre as MadeCentre
from kiosk.central import backup
from kiosk.central.address import Login, read_url
from kiosk.central.commands import URL_VARIABLE, Central, add_arguments
from kiosk.central.console import Console
from kiosk.central.enrolment import enrol
from kiosk.central.failures import CentreFailure
from kiosk.central.install import installing, make_first_admin
from kiosk.central.logins import end_login
from kiosk.central.sealed_file import SealedWriter, new_key, opened_pieces
from kiosk.terminal import Terminal

KEY = bytes(range(32))
NAME = "Sulastri Contoh"
SECRET = "rahasia-anjungan"


def centre_of(made: MadeCentre, folder: Path) -> backup.Centre:
    return backup.Centre(*read_url(made.owner_url), folder)


def add_kiosk(made: MadeCentre, number: str) -> str:
    kiosk_id = str(uuid4())
    with made.connect() as owner:
        owner.execute(
            f"CREATE ROLE kiosk_{number} LOGIN PASSWORD '{SECRET}' IN ROLE anjungan_kiosk"
        )
        owner.execute(
            "INSERT INTO centre.kiosk (id, number, role_name, name, office, state)"
            " VALUES (%s, %s, %s, 'Anjungan Contoh', '36.04.09', 'active')",
            (kiosk_id, number, f"kiosk_{number}"),
        )
    return kiosk_id


def add_registration(made: MadeCentre, kiosk_id: str, counter: int) -> None:
    with made.connect() as owner:
        owner.execute(
            "INSERT INTO centre.registration SELECT gen_random_uuid(), id, office, %s, number, 'i',"
            " %s, '2026-11-27T03:00:00+00:00', '2026-11-27', 'registered', 1, 's', 'd', '', %s,"
            " sha256('x'), 'kiosk', receipts + 1 FROM centre.kiosk WHERE id = %s",
            (f"{counter:012}", counter, json.dumps({"name": NAME}), kiosk_id),
        )
        owner.execute("UPDATE centre.kiosk SET receipts = receipts + 1 WHERE id = %s", (kiosk_id,))


@pytest.fixture
def filled(centre: MadeCentre) -> tuple[MadeCentre, str]:
    kiosk_id = add_kiosk(centre, "20001")
    for counter in range(1, 4):
        add_registration(centre, kiosk_id, counter)
    return centre, kiosk_id


def covered(made: MadeCentre, kiosk_id: str) -> int:
    """Up to which receipt a verified backup holds the kiosk's records."""
    with made.connect() as owner:
        found = owner.execute(
            "SELECT coalesce(max(receipt), 0) FROM centre.backup_covers JOIN centre.backup b"
            " ON b.id = backup_id WHERE kiosk_id = %s AND verified_at IS NOT NULL",
            (kiosk_id,),
        ).fetchone()
    assert found is not None
    return int(found[0])


def test_it_counts_only_once_it_was_rehearsed(
    filled: tuple[MadeCentre, str], tmp_path: Path
) -> None:
    made, kiosk_id = filled
    centre = centre_of(made, tmp_path)

    done = backup.back_up(centre, tmp_path, KEY)

    assert done.manifest.registrations == 3
    assert NAME.encode() not in done.file.read_bytes()
    assert covered(made, kiosk_id) == 0
    rehearsed = backup.rehearse(centre, done.file, KEY)
    assert isinstance(rehearsed, backup.Rehearsed)
    assert rehearsed.noted
    assert covered(made, kiosk_id) == 3
    with made.cluster.connect() as owner:
        left = owner.execute("SELECT 1 FROM pg_database WHERE datname LIKE '%_check_%'").fetchall()
    assert left == []


def test_what_comes_in_meanwhile_waits_for_the_next(
    filled: tuple[MadeCentre, str], tmp_path: Path
) -> None:
    made, kiosk_id = filled
    came = iter(range(4, 5))

    def hand_in(step: backup.Step, _at: int) -> None:
        if step is backup.Step.COPY and (counter := next(came, 0)):
            add_registration(made, kiosk_id, counter)

    centre = centre_of(made, tmp_path)
    done = backup.back_up(centre, tmp_path, KEY, hand_in)

    assert next(came, None) is None
    assert done.manifest.registrations == 3
    assert isinstance(backup.rehearse(centre, done.file, KEY), backup.Rehearsed)
    assert covered(made, kiosk_id) == 3


@pytest.mark.parametrize("place", [0, 20, 40, -1])
def test_damage_is_found_and_nobody_relies_on_it(
    filled: tuple[MadeCentre, str], tmp_path: Path, place: int
) -> None:
    made, kiosk_id = filled
    centre = centre_of(made, tmp_path)
    file = backup.back_up(centre, tmp_path, KEY).file
    damaged = bytearray(file.read_bytes())
    damaged[place] ^= 1
    file.write_bytes(damaged)

    with pytest.raises(CentreFailure) as refused:
        backup.rehearse(centre, file, KEY)

    assert refused.value.code == "C 44"
    assert covered(made, kiosk_id) == 0


def test_one_cut_off_or_with_another_key_does_not_open(
    filled: tuple[MadeCentre, str], tmp_path: Path
) -> None:
    centre = centre_of(filled[0], tmp_path)
    file = backup.back_up(centre, tmp_path, KEY).file
    whole = file.read_bytes()

    with pytest.raises(CentreFailure, match="does not open"):
        backup.rehearse(centre, file, bytes(32))
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:size])
        with pytest.raises(CentreFailure, match="does not open"):
            backup.rehearse(centre, file, KEY)


def test_a_backup_that_does_not_hold_what_it_says_is_named(
    filled: tuple[MadeCentre, str], tmp_path: Path
) -> None:
    made, kiosk_id = filled
    centre = centre_of(made, tmp_path)
    file = backup.back_up(centre, tmp_path, KEY).file
    with file.open("rb") as sealed:
        plain = b"".join(opened_pieces(sealed, KEY))
    with file.open("wb") as written:
        writer = SealedWriter(written, KEY)
        writer.write(plain.replace(b'"registrations": 3', b'"registrations": 4', 1))
        writer.finish()

    assert backup.rehearse(centre, file, KEY) == backup.Differs((kiosk_id,))
    assert covered(made, kiosk_id) == 0


def test_all_is_back_after_the_centre_was_lost(
    filled: tuple[MadeCentre, str], tmp_path: Path
) -> None:
    made, _ = filled
    centre = centre_of(made, tmp_path)
    add_kiosk(made, "20002")
    way = (centre.address, centre.login, centre.ca_folder)
    with installing(*way) as connection:
        end_login(connection, "kiosk_20002")
        admin = make_first_admin(connection, "Admin Contoh")
    file = backup.back_up(centre, tmp_path, KEY).file
    with made.cluster.connect() as owner:
        owner.execute(f"DROP DATABASE {made.database} WITH (FORCE)")
        owner.execute(f"DROP ROLE kiosk_20001, kiosk_20002, {admin.role}")

    with pytest.raises(CentreFailure, match="exists already"):
        backup.restore(centre.named("postgres"), file, KEY)
    backup.restore(centre, file, KEY)

    with made.connect() as owner:
        assert owner.execute("SELECT count(*) FROM centre.registration").fetchone() == (3,)
        logins = owner.execute(
            "SELECT rolcanlogin, rolconnlimit, rolconfig IS NOT NULL FROM pg_roles"
            " WHERE rolname LIKE 'kiosk_2000_' ORDER BY rolname"
        ).fetchall()
    assert logins == [(True, 2, True), (False, 2, True)]
    with (
        psycopg.connect(made.url("kiosk_20001", SECRET)) as kiosk,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        kiosk.execute("SELECT 1 FROM centre.registration")
    console = Console(centre.address, Login(admin.role, admin.secret), tmp_path, centre.address)
    assert enrol(console, "Loket Contoh", "36.04.09", 24).token.login.role.startswith("kiosk_")


def test_a_folder_that_is_gone_is_said(filled: tuple[MadeCentre, str], tmp_path: Path) -> None:
    with pytest.raises(CentreFailure) as refused:
        backup.back_up(centre_of(filled[0], tmp_path), tmp_path / "stick", KEY)

    assert refused.value.code == "C 43"
    assert covered(*filled) == 0


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    key = new_key(tmp_path / "key")

    with pytest.raises(FileExistsError):
        new_key(tmp_path / "key")

    assert (tmp_path / "key").read_text(encoding="ascii").strip() == key.hex()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_it_is_made_and_proven_as_typed(
    filled: tuple[MadeCentre, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, kiosk_id = filled
    texts, told = load_texts(), list[str]()
    monkeypatch.setenv(URL_VARIABLE, made.owner_url)

    def types(*words: str) -> int:
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        terminal = Terminal(ask=lambda _: "", ask_secret=lambda _: "", tell=told.append)
        central = Central(texts, terminal, lambda _text, _file: None)
        return central.obey(parser.parse_args(words))

    key = str(tmp_path / "backup.key")
    assert types("backup", str(tmp_path), "--key", key) == 0
    assert texts.say("centre_backup.new_key", file=key) in told
    assert covered(made, kiosk_id) == 0
    assert types("restore-check", str(tmp_path), "--key", key) == 0
    (file,) = tmp_path.glob(f"*{backup.SUFFIX}")
    assert texts.say("centre_backup.proven", file=file, count=3) in told
    assert covered(made, kiosk_id) == 3
