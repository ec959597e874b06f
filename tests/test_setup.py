"""What deploy/prepare.sh does on a stranger's machine, with stand-ins for Python, pip and apt."""

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# libc6, libgcc-s1, libstdc++6, zlib1g and libzstd1: apt and dpkg themselves stand on these.
ON_EVERY_SYSTEM = {
    *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "libresolv.so.2"),
    *("libgcc_s.so.1", "libstdc++.so.6", "libz.so.1", "libzstd.so.1"),
}

PYTHON = r"""#!/bin/sh
case "$*" in
    "-VV") echo "Python 3.11.0 stand-in" ;;
    *ensurepip*) [ -e "$MACHINE/venv-package" ] ;;
    *print*) echo python3.11-venv ;;
    "-m venv "*)
        mkdir -p "$3/bin" "$3/lib/python3.11/site-packages/PySide6/Qt"
        cp "$0" "$3/bin/python" ;;
    "-m pip "*) echo "$*" >> "$MACHINE/pip.log"; [ ! -e "$MACHINE/no-network" ] ;;
esac
"""
APT_GET = r"""#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "$MACHINE/apt.log"
touch "$MACHINE/venv-package" "$MACHINE/libraries"
"""
LDCONFIG = r"""#!/bin/sh
if [ -e "$MACHINE/libraries" ]; then sed 's/^\([^ ]*\).*/\t\1 (libc6) => there/' "$TABLE"; fi
"""


class Machine:
    """A clone in a folder with a space in its name, on a bare system seen through its PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clone = folder / "klon baru"
        (self.clone / "deploy").mkdir(parents=True)
        for name in ("prepare.sh", "system-libraries.txt", "test-programs.txt"):
            shutil.copy(ROOT / "deploy" / name, self.clone / "deploy" / name)
        (self.clone / "requirements.txt").write_text("one==1\n")
        (self.clone / "requirements-dev.txt").write_text("-r requirements.txt\ntwo==2\n")
        self.commands = folder / "commands"
        self.commands.mkdir()
        for name in ("python3.11", "python3.12", "python3.13", "python3.14", "python3"):
            self.put_command(name, PYTHON)
        self.put_command("apt-get", APT_GET)
        self.put_command("ldconfig", LDCONFIG)
        self.put_command("ldd", "#!/bin/sh\n")
        self.become_ordinary_user()

    def put_command(self, name: str, script: str) -> None:
        path = self.commands / name
        path.write_text(script)
        path.chmod(0o755)

    def become_ordinary_user(self) -> None:
        self.put_command("id", "#!/bin/sh\necho 1000\n")
        self.put_command("sudo", "#!/bin/sh\nexit 1\n")

    def become_root(self) -> None:
        self.put_command("id", "#!/bin/sh\necho 0\n")

    def allow_sudo_without_password(self) -> None:
        self.put_command("sudo", '#!/bin/sh\nshift\nexec "$@"\n')

    def has_system_packages(self) -> None:
        (self.folder / "venv-package").touch()
        (self.folder / "libraries").touch()
        for line in (self.clone / "deploy/test-programs.txt").read_text().splitlines():
            if not line.startswith("#"):
                self.put_command(line.split()[0], "#!/bin/sh\n")

    def network(self, *, up: bool) -> None:
        marker = self.folder / "no-network"
        marker.unlink(missing_ok=True) if up else marker.touch()

    def prepare(self, level: str = "run") -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "PATH": f"{self.commands}:/usr/bin:/bin",
            "MACHINE": str(self.folder),
            "TABLE": "deploy/system-libraries.txt",
        }
        command = [str(self.clone / "deploy/prepare.sh"), level]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def log(self, name: str) -> list[str]:
        path = self.folder / f"{name}.log"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def complete_machine(machine: Machine) -> Machine:
    machine.has_system_packages()
    return machine


def test_an_ordinary_user_gets_one_command_to_type_and_nothing_is_installed(
    machine: Machine,
) -> None:
    outcome = machine.prepare()
    assert outcome.returncode == 1
    commands = [line for line in outcome.stderr.splitlines() if "apt-get install" in line]
    assert len(commands) == 1
    assert "sudo apt-get install -y" in commands[0]
    assert "python3.11-venv" in commands[0]
    assert "libxcb-cursor0" in commands[0]
    assert machine.log("apt") == []
    assert machine.log("pip") == []
    assert not (machine.clone / ".venv").exists()


@pytest.mark.parametrize("right", ["become_root", "allow_sudo_without_password"])
def test_who_may_install_gets_the_missing_packages_without_a_question(
    machine: Machine, right: str
) -> None:
    getattr(machine, right)()
    outcome = machine.prepare()
    assert outcome.returncode == 0, outcome.stderr
    (apt,) = machine.log("apt")
    assert apt.startswith("noninteractive")
    assert "install -y" in apt
    assert "libxcb-cursor0" in apt
    assert "libegl1" in apt


def test_a_complete_system_is_left_alone(complete_machine: Machine) -> None:
    outcome = complete_machine.prepare()
    assert outcome.returncode == 0, outcome.stderr
    assert complete_machine.log("apt") == []
    assert len(complete_machine.log("pip")) == 1


def test_the_second_start_does_nothing_and_says_nothing(complete_machine: Machine) -> None:
    complete_machine.prepare()
    second = complete_machine.prepare()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert len(complete_machine.log("pip")) == 1


def test_the_test_packages_are_added_to_what_the_kiosk_has(complete_machine: Machine) -> None:
    complete_machine.prepare("run")
    marker = complete_machine.clone / ".venv" / "kept"
    marker.touch()
    assert complete_machine.prepare("dev").returncode == 0
    assert marker.exists()
    assert complete_machine.log("pip")[-1].endswith("-r requirements-dev.txt")


def test_who_prepared_for_tests_can_run_at_once(complete_machine: Machine) -> None:
    complete_machine.prepare("dev")
    complete_machine.prepare("run")
    assert len(complete_machine.log("pip")) == 1


def test_a_failed_download_does_not_look_ready(complete_machine: Machine) -> None:
    complete_machine.network(up=False)
    assert complete_machine.prepare().returncode != 0
    complete_machine.network(up=True)
    assert complete_machine.prepare().returncode == 0
    assert len(complete_machine.log("pip")) == 2


def test_changed_requirements_rebuild_the_environment(complete_machine: Machine) -> None:
    complete_machine.prepare()
    marker = complete_machine.clone / ".venv" / "stale"
    marker.touch()
    (complete_machine.clone / "requirements.txt").write_text("one==2\n")
    assert complete_machine.prepare().returncode == 0
    assert not marker.exists()


def test_a_moved_clone_rebuilds_the_environment(complete_machine: Machine) -> None:
    complete_machine.prepare()
    complete_machine.clone = complete_machine.clone.rename(complete_machine.folder / "pindah")
    assert complete_machine.prepare().returncode == 0
    assert len(complete_machine.log("pip")) == 2


def test_a_library_the_table_does_not_know_is_named(complete_machine: Machine) -> None:
    complete_machine.put_command("ldd", "#!/bin/sh\necho 'libnew.so.1 => not found'\n")
    outcome = complete_machine.prepare()
    assert outcome.returncode == 1
    assert "libnew.so.1" in outcome.stderr
    assert not list((complete_machine.clone / ".venv").glob("ready-*"))


def test_every_system_library_qt_loads_comes_with_the_packages_in_the_table() -> None:
    qt = Path(sysconfig.get_path("purelib")) / "PySide6" / "Qt"
    plugins = (
        "platforms/libqxcb.so",
        "platforms/libqoffscreen.so",
        "platforms/libqwayland.so",
        "xcbglintegrations/libqxcb-glx-integration.so",
        "xcbglintegrations/libqxcb-egl-integration.so",
        "wayland-shell-integration/libxdg-shell.so",
        "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
        "iconengines/libqsvgicon.so",
    )
    opened = [qt / "lib" / f"libQt6{name}.so.6" for name in ("QuickControls2Basic", "Test", "Svg")]
    needed = _system_libraries([*opened, *(qt / "plugins" / name for name in plugins)])
    table = (ROOT / "deploy" / "system-libraries.txt").read_text().splitlines()[1:]
    listed = {line.split()[0] for line in table}
    assert listed <= needed.keys()
    brought = _system_libraries([needed[name] for name in listed])
    assert needed.keys() - listed - brought.keys() - ON_EVERY_SYSTEM == set()


def _system_libraries(files: list[Path]) -> dict[str, Path]:
    """Name and place of every library outside PySide6 that these files load, directly or not."""
    lines = subprocess.run(["ldd", *files], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^\s+(\S+) => (/.*) \(0x", lines, re.MULTILINE)
    return {name: Path(place) for name, place in found if "PySide6" not in place}
