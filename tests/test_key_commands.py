"""`main.py key` and `main.py readiness` on a terminal, and the unit that starts the kiosk."""

import argparse
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from machines import CHEAP, PASSPHRASE, Machine, machine
from samples import RESOURCES, ROOT, StillClock

from kiosk import setup
from kiosk.arguments import parse
from kiosk.audit import check
from kiosk.domain.audit import ChainBroken
from kiosk.domain.texts import Texts
from kiosk.key_commands import CALLED_OFF, KeyDialogue, add_arguments
from kiosk.keys import PassphraseMissing, open_keys, open_ring, public_keys_of
from kiosk.keys.ring import asks_passphrase
from kiosk.languages import load_languages
from kiosk.opening import open_own
from kiosk.readiness import (
    CHECKS,
    Finding,
    PrinterStands,
    Situation,
    State,
    clock,
    copies,
    look,
    printer,
    protection,
    space,
)
from kiosk.settings import Settings
from kiosk.terminal import Terminal
from kiosk.trust import read_trust

TEXTS = load_languages(RESOURCES / "texts").texts
WRONG = "kobu tari meso lapi nade wrong"


class Office:
    """A kiosk that was started once, and somebody who types lines and reads what is said."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(
            store_folder=folder / "store",
            keys_folder=folder / "keys",
            exchange_folder=folder / "exchange",
        )
        self.lines: list[str] = []
        self.said: list[str] = []
        self.texts: Texts = TEXTS["en"]

    def start(self, passphrase: str | None = None) -> None:
        unlocked = open_ring(self.settings.keys_folder, passphrase=passphrase)
        open_own(self.settings, unlocked=unlocked)[1].close()

    def key(self, order: str, *lines: str, with_key: str = "host") -> int:
        """Give an order, type `lines` when asked; what is said is in `said`."""
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        self.lines, self.said = list(lines), []
        dialogue = KeyDialogue(self.settings, self.texts, self.terminal, CHEAP, with_key)
        return dialogue.obey(parser.parse_args(order.split()))

    @property
    def terminal(self) -> Terminal:
        return Terminal(self.type, self.type, self.said.append)

    def type(self, prompt: str) -> str:
        self.said.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    open_own(office.settings)[1].close()
    return office


@pytest.fixture
def booted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    with machine(tpm=True) as one:
        one.boot(monkeypatch)
        yield one


# ------------------------------------------------------------ levels


def test_each_way_of_guarding_is_told_with_its_level(office: Office, booted: Machine) -> None:
    said = {}
    for way, lines in (
        ("passphrase", (PASSPHRASE, PASSPHRASE)),
        ("machine", (PASSPHRASE,)),
        ("file", ()),
    ):
        assert office.key(f"protect {way}", *lines, with_key="tpm2") == 0
        assert office.key("status") == 0
        said[way] = office.said[0]
    assert [re.findall(r"level (\d)", text) for text in said.values()] == [["2"], ["1"], ["3"]]
    office.start()


def test_the_passphrase_is_chosen_twice_and_asked_for_from_then_on(office: Office) -> None:
    lines = ("too short", PASSPHRASE, WRONG, PASSPHRASE, PASSPHRASE)
    assert office.key("protect passphrase", *lines) == 0
    assert sum("Type them again" in line for line in office.said) == 1
    assert any("at least 16 letters" in line for line in office.said)
    assert any("store's key too" in line for line in office.said)
    assert office.key("change store", WRONG, PASSPHRASE) == 0
    office.start(PASSPHRASE)
    with pytest.raises(PassphraseMissing):
        office.key("change store", WRONG, WRONG, WRONG, PASSPHRASE)


def test_enter_takes_the_proposal_which_has_to_be_typed_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.key_commands.propose", PASSPHRASE.upper)
    assert office.key("protect passphrase", "", PASSPHRASE) == 0
    assert any(PASSPHRASE.upper() in line for line in office.said)
    office.start(PASSPHRASE)


def test_the_audit_keeps_what_was_done_with_the_keys(office: Office, tmp_path: Path) -> None:
    assert office.key("change store") == 0
    assert office.key("change signing") == 0
    assert office.key(f"copy {tmp_path / 'copy.keys'}", PASSPHRASE, PASSPHRASE) == 0
    assert office.key("forget", TEXTS["en"].say("keys.forget_word")) == 0
    assert office.key("protect passphrase", PASSPHRASE, PASSPHRASE) == 0
    unlocked = open_ring(office.settings.keys_folder, passphrase=PASSPHRASE)
    _, store = open_own(office.settings, unlocked=unlocked)
    with store.reading() as record:
        noted = [entry.event for entry in record.desk.audit_entries("")]
    assert noted == [
        *("store_key_changed", "signing_key_changed", "keys_copied", "store_keys_forgotten"),
        "keys_protected",
    ]
    assert not isinstance(check(store, []).chain, ChainBroken)
    store.close()


def test_calling_off_changes_nothing(office: Office) -> None:
    assert office.key("protect passphrase", PASSPHRASE) == CALLED_OFF
    assert not asks_passphrase(office.settings.keys_folder)


def test_the_setup_asks_for_the_passphrase_first(office: Office, clock: StillClock) -> None:
    office.key("protect passphrase", PASSPHRASE, PASSPHRASE)
    office.lines = [WRONG, PASSPHRASE, "Pak Asep", "402917", "402917"]
    terminal = office.terminal
    assert setup.talk(office.settings, office.texts, clock, terminal, recover=False) == 0
    assert office.lines == []


# ------------------------------------------------------------ copies and old keys


def test_a_copy_opens_the_kiosk_when_its_machine_broke(
    office: Office, booted: Machine, tmp_path: Path
) -> None:
    office.key("protect machine", with_key="tpm2")
    copy = tmp_path / "stick.keys"
    assert office.key(f"copy {copy}", PASSPHRASE, PASSPHRASE) == 0
    with pytest.raises(Exception, match="exists"):
        office.key(f"copy {copy}", PASSPHRASE, PASSPHRASE)
    folder = office.settings.keys_folder
    for path in folder.iterdir():
        path.unlink()
    copy.rename(folder / "kiosk.keys")
    office.start(PASSPHRASE)
    assert sorted(path.name for path in folder.iterdir()) == ["kiosk.keys", "spare.keys"]


def test_old_keys_are_forgotten_only_on_the_word(office: Office) -> None:
    office.key("change store")
    assert office.key("forget", "yes") == 1
    assert len(open_ring(office.settings.keys_folder).ring.retired_store_keys) == 1
    assert office.key("forget", "forget") == 0
    assert open_ring(office.settings.keys_folder).ring.retired_store_keys == ()
    office.start()


def test_a_new_signing_key_leaves_both_public_keys_for_other_offices(office: Office) -> None:
    old = open_keys(office.settings.keys_folder)
    assert office.key("change signing") == 0
    new = open_keys(office.settings.keys_folder)
    handed_out = read_trust({}, office.settings.exchange_folder).public_keys
    assert set(handed_out) == {old.key_id, new.key_id}
    assert list(public_keys_of(office.settings.keys_folder)) == [new.key_id, old.key_id]
    assert any(new.key_id in line for line in office.said)


def test_unsealing_for_the_unit_does_nothing_where_nothing_is_sealed(
    office: Office, booted: Machine, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    assert office.key(f"unseal {run}") == 0
    assert list(run.iterdir()) == []
    office.key("protect machine", with_key="tpm2")
    assert office.key(f"unseal {run}") == 0
    assert [path.name for path in run.iterdir()] == ["anjungan-keys"]


# ------------------------------------------------------------ readiness


def lay_swaps(root: Path, *lines: str) -> None:
    (root / "proc").mkdir(parents=True, exist_ok=True)
    head = "Filename\tType\tSize\tUsed\tPriority"
    (root / "proc/swaps").write_text("\n".join([head, *lines, ""]))


def states(office: Office, root: Path) -> dict[str, State]:
    found = look(Situation(office.settings, root))
    return {check.__name__: one.state for check, one in zip(CHECKS, found, strict=True)}


def test_the_report_of_a_kiosk_as_it_is_first_started(office: Office, tmp_path: Path) -> None:
    lay_swaps(tmp_path / "root", "/dev/zram0 partition 1 0 100")
    found = states(office, tmp_path / "root")
    assert found["protection"] is State.ATTENTION
    assert (found["bare_keys"], found["swap"]) == (State.GOOD, State.GOOD)


def test_a_passphrase_makes_the_protection_good(office: Office, tmp_path: Path) -> None:
    office.key("protect passphrase", PASSPHRASE, PASSPHRASE)
    assert states(office, tmp_path)["protection"] is State.GOOD


def test_keys_that_others_can_read_are_bad(office: Office, tmp_path: Path) -> None:
    office.settings.keys_folder.chmod(0o755)
    (found,) = look(Situation(office.settings, tmp_path), (protection,))
    assert found.state is State.BAD
    assert "K 13" in found.words(office.texts)


def test_bare_keys_left_beside_guarded_ones_are_bad(office: Office, tmp_path: Path) -> None:
    (office.settings.keys_folder / "store.key").write_text("ab" * 32)
    assert states(office, tmp_path)["bare_keys"] is State.BAD


def test_swap_in_a_file_is_seen_unless_the_unit_bars_it(office: Office, tmp_path: Path) -> None:
    root, file = tmp_path / "root", tmp_path / "swap file"
    file.write_bytes(b"")
    escaped = str(file).replace(" ", "\\040")
    lay_swaps(root, "/dev/zram0 partition 1 0 100", f"{escaped} file 1 0 -2")
    assert states(office, root)["swap"] is State.ATTENTION
    unit = root / "sys/fs/cgroup/system.slice/anjungan.service"
    unit.mkdir(parents=True)
    (unit / "memory.swap.max").write_text("0\n")
    (root / "proc/self").mkdir()
    (root / "proc/self/cgroup").write_text("0::/system.slice/anjungan.service\n")
    assert states(office, root)["swap"] is State.GOOD


def test_an_encrypted_swap_is_good(office: Office, tmp_path: Path) -> None:
    root, file = tmp_path / "root", tmp_path / "swap"
    file.write_bytes(b"")
    lay_swaps(root, f"{file} file 1 0 -2")
    device = tmp_path.stat().st_dev
    number = root / f"sys/dev/block/{os.major(device)}:{os.minor(device)}"
    (number / "dm").mkdir(parents=True)
    (number / "dm/uuid").write_text("CRYPT-LUKS2-0f-luks\n")
    assert states(office, root)["swap"] is State.GOOD


def test_a_disk_without_room_is_bad(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.readiness.NO_SPACE_MB", 2**40)
    monkeypatch.setattr("kiosk.readiness.LITTLE_SPACE_MB", 2**41)
    assert space(Situation(office.settings)).state is State.BAD


def test_a_record_without_a_fresh_backup_on_another_disk_wants_attention(office: Office) -> None:
    folder = office.settings.backup_place
    for left in folder.glob("*.backup"):
        left.unlink()
    assert copies(Situation(office.settings)).says == "readiness.copies_none"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "0001.backup").touch()
    now = datetime.now(UTC)
    assert copies(Situation(office.settings, now=now)).says == "readiness.copies_one_disk"
    later = now + timedelta(hours=72)
    old = copies(Situation(office.settings, now=later))
    assert (old.says, old.values["hours"]) == ("readiness.copies_old", 72)


@pytest.mark.parametrize(
    ("stands", "state"),
    [
        (PrinterStands(on_paper=True), State.GOOD),
        (PrinterStands(on_paper=True, hold="no_paper"), State.BAD),
        (PrinterStands(on_paper=False), State.ATTENTION),
    ],
)
def test_the_printer_is_asked(office: Office, stands: PrinterStands, state: State) -> None:
    assert printer(Situation(office.settings, printer=lambda: stands)).state is state


def test_a_clock_from_before_the_program_is_bad(office: Office) -> None:
    early = Situation(office.settings, now=datetime(1970, 1, 1, tzinfo=UTC))
    assert clock(early).state is State.BAD
    assert clock(Situation(office.settings)).state is State.GOOD


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_every_finding_can_be_said(office: Office, texts: Texts, tmp_path: Path) -> None:
    findings = look(Situation(office.settings, tmp_path))
    findings += (Finding(State.BAD, "readiness.core_dumps_on", "readiness.core_dumps_todo"),)
    assert all(finding.words(texts).endswith(".") for finding in findings)


# ------------------------------------------------------------ the process and the unit

CRASHING = """
import os, resource, sys, ctypes
import main
try:
    main.main(["--config", sys.argv[1], "readiness"])
finally:
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    print("limits", limits, "dumpable", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
    os.abort()
"""


def test_a_crash_leaves_no_core_dump(office: Office, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    folders = {"store": office.settings.store_folder, "keys": office.settings.keys_folder}
    config.write_text("".join(f'{name}_folder = "{path}"\n' for name, path in folders.items()))
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, config],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "LC_ALL": "en"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -6
    assert "limits (0, 0) dumpable 0" in done.stdout
    assert "Good: A crash leaves no memory on the disk." in done.stdout
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("core")] == []


def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    text = (ROOT / "deploy/anjungan.service").read_text()
    main_py = str(ROOT / "main.py")
    for there, here in (
        ("/opt/anjungan-bpu/.venv/bin/python", sys.executable),
        ("/opt/anjungan-bpu/main.py", main_py),
        ("/usr/bin/cage", "/bin/true"),
    ):
        assert there in text
        text = text.replace(there, here)
    unit = tmp_path / "anjungan.service"
    unit.write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_orders_of_the_unit_are_ones_that_main_knows(tmp_path: Path) -> None:
    text = (ROOT / "deploy/anjungan.service").read_text()
    (line,) = re.findall(r"^ExecStartPre=\S+ \S+main\.py (.*)$", text, re.MULTILINE)
    asked = parse(line.split())
    assert (asked.command, asked.order) == ("key", "unseal")
