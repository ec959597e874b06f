"""One kiosk and one desk window a store; the lock is the kernel's, whatever became of a program."""

import os
import select
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT

from kiosk.instance import AlreadyOpen, Program, only_one, rings

HOLD = """
import sys
from pathlib import Path
from kiosk.instance import Program, only_one
with only_one(Path(sys.argv[1]), Program.KIOSK) as bell:
    print("open", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that is the kiosk of this store."""
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "open\n"
    return held


def rang(bell: socket.socket) -> bool:
    """Whether somebody rings within a second."""
    return bool(select.select([bell], [], [], 1)[0]) and rings(bell)


def test_who_comes_second_is_told_and_rings(tmp_path: Path) -> None:
    with only_one(tmp_path / "store", Program.KIOSK) as bell:
        assert bell is not None
        with pytest.raises(AlreadyOpen) as refused, only_one(tmp_path / "store", Program.KIOSK):
            pass
        assert refused.value.code == "S 19"
        assert rang(bell)
        assert not rings(bell)


def test_the_folder_is_the_same_by_whatever_path(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "store")
    with only_one(tmp_path / "store", Program.KIOSK) as bell:
        assert bell is not None
        with pytest.raises(AlreadyOpen), only_one(tmp_path / "link", Program.KIOSK):
            pass
        assert rang(bell)


def test_kiosk_and_desk_go_together_and_so_do_two_stores(tmp_path: Path) -> None:
    with (
        only_one(tmp_path / "one", Program.KIOSK) as first,
        only_one(tmp_path / "one", Program.DESK) as second,
        only_one(tmp_path / "two", Program.KIOSK) as third,
    ):
        assert None not in (first, second, third)


def test_it_can_be_opened_again_when_the_first_has_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with only_one(tmp_path, Program.KIOSK) as bell:
            assert bell is not None


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_program_that_was_killed_leaves_nothing_in_the_way(
    tmp_path: Path, ending: signal.Signals
) -> None:
    held = holder(tmp_path)
    with pytest.raises(AlreadyOpen), only_one(tmp_path, Program.KIOSK):
        pass
    held.send_signal(ending)
    held.communicate(timeout=60)
    with only_one(tmp_path, Program.KIOSK) as bell:
        assert bell is not None
        with pytest.raises(AlreadyOpen), only_one(tmp_path, Program.KIOSK):
            pass
        assert rang(bell)


def test_nothing_but_a_lock_lies_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with only_one(folder, Program.KIOSK):
        assert [file.name for file in folder.iterdir()] == ["kiosk.lock"]
    assert stat.S_IMODE((folder / "kiosk.lock").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_bell_that_is_taken_is_done_without(tmp_path: Path) -> None:
    """Another user of the machine may have the name: then nobody can ring, and that is all."""
    found = tmp_path.stat()
    with socket.socket(socket.AF_UNIX) as taken:
        taken.bind(f"\0anjungan-bpu-kiosk-{found.st_dev}-{found.st_ino}")
        with only_one(tmp_path, Program.KIOSK) as bell:
            assert bell is None
            with pytest.raises(AlreadyOpen), only_one(tmp_path, Program.KIOSK):
                pass


def test_where_no_lock_can_be_made_opening_the_store_will_tell(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("no folder")
    with only_one(tmp_path / "store", Program.KIOSK) as bell:
        assert bell is None


def test_another_user_does_not_fetch_the_window(tmp_path: Path) -> None:
    ring = (
        "import os, socket, sys; os.setuid(65534);"
        "socket.socket(socket.AF_UNIX).connect(bytes.fromhex(sys.argv[1]))"
    )
    with only_one(tmp_path, Program.KIOSK) as bell:
        assert bell is not None
        name = bell.getsockname()
        if os.geteuid() == 0:
            subprocess.run([sys.executable, "-c", ring, name.hex()], check=True)
            assert not rang(bell)
        with socket.socket(socket.AF_UNIX) as own:
            own.connect(name)
            assert rang(bell)
