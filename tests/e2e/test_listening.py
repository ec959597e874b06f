""" "Dengarkan" plays a screen's recording where there is one."""

import shutil
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from samples import load_texts

from ui.recordings import Recordings, SystemPlayer

from .boxes import measure
from .modes import LYING, UPRIGHT, Panel
from .stage import OpenStage, Stage

SAY = load_texts().say


@dataclass
class Loudspeaker:
    """Remembers what it plays, and is done when a test says so."""

    playing: Path | None = None
    heard: list[str] = field(default_factory=list)
    over: Callable[[], None] = lambda: None
    volume: int = -1

    def can_play(self, file: Path) -> bool:
        return file.suffix == ".wav"

    def play(self, file: Path, on_end: Callable[[], None], volume_percent: int = 100) -> None:
        self.playing, self.over, self.volume = file, on_end, volume_percent
        self.heard.append(f"{file.parent.name}/{file.stem}")

    def stop(self) -> None:
        self.playing = None


def record(folder: Path, *names: str) -> Path:
    """Make a tenth of a second of silence for each of the names, such as id/menu."""
    for name in names:
        file = folder / f"{name}.wav"
        file.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(file), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(bytes(1600))
    return folder


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture
def stage(open_kiosk: OpenStage, tmp_path: Path, loudspeaker: Loudspeaker) -> Stage:
    """A kiosk with recordings of its menu, in both languages, and of the consent."""
    folder = record(tmp_path / "sounds", "id/menu", "en/menu", "id/consent")
    return open_kiosk(recordings=Recordings(folder, loudspeaker))


def test_the_key_is_there_only_with_a_recording(stage: Stage) -> None:
    assert stage.visitor.find("listen") is None
    stage.tap("start")
    assert stage.key("listen")
    stage.tap("learn")
    assert stage.visitor.find("listen") is None


def test_none_is_shipped_so_the_key_is_nowhere(open_kiosk: OpenStage) -> None:
    stage = open_kiosk()
    stage.tap("start")
    assert stage.visitor.find("listen") is None


def test_it_plays_and_a_second_press_stops_it(stage: Stage, loudspeaker: Loudspeaker) -> None:
    stage.tap("start", "listen")
    assert loudspeaker.heard == ["id/menu"]
    assert stage.says(SAY("common.stop_listening"))
    stage.tap("listen")
    assert loudspeaker.playing is None
    assert stage.says(SAY("common.listen"))


def test_when_it_is_over_it_can_be_heard_again(stage: Stage, loudspeaker: Loudspeaker) -> None:
    stage.tap("start", "listen")
    loudspeaker.over()
    assert stage.says(SAY("common.listen"))
    stage.tap("listen")
    assert loudspeaker.heard == ["id/menu", "id/menu"]


@pytest.mark.parametrize("key", ["register", "learn", "leave", "help", "language"])
def test_going_on_ends_it(stage: Stage, loudspeaker: Loudspeaker, key: str) -> None:
    stage.tap("start", "listen", key)
    assert loudspeaker.playing is None
    assert not stage.says(SAY("common.stop_listening"))


def test_it_speaks_the_language_shown(stage: Stage, loudspeaker: Loudspeaker) -> None:
    stage.tap("start", "language", "listen")
    assert loudspeaker.heard == ["en/menu"]
    stage.tap("register")
    assert stage.visitor.find("listen") is None


@pytest.mark.parametrize("panel", [UPRIGHT, LYING], ids=lambda panel: panel.name)
@pytest.mark.parametrize("languages", [0, 1])
def test_the_strip_has_room_for_it(
    open_kiosk: OpenStage, tmp_path: Path, panel: Panel, languages: int
) -> None:
    screens = [f"{one}/{screen}" for one in ("id", "en") for screen in ("idle", "menu", "consent")]
    folder = record(tmp_path / "sounds", *screens)
    stage = open_kiosk(recordings=Recordings(folder, Loudspeaker()))
    stage.app.window.resize(panel.width, panel.height)
    stage.visitor.settle()
    stage.tap(*["language"] * languages)
    for way in ("contrast", "contrast", "start", "register"):
        stage.tap(way)
        stage.visitor.picture()
        assert stage.key("listen")
        assert measure(stage, panel).faults() == []


@pytest.mark.parametrize("program", ["exit 1", "exec sleep 60", "", None])
def test_a_player_that_fails_or_hangs_never_disturbs(
    open_kiosk: OpenStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    if program is not None:
        player = programs / "aplay"
        player.write_text(
            f"#!{shutil.which('sh') if program else '/nowhere'}\nPATH=/bin:/usr/bin\n{program}\n"
        )
        player.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    recordings = Recordings(record(tmp_path / "sounds", "id/menu"), SystemPlayer())
    stage = open_kiosk(recordings=recordings)
    stage.tap("start")
    if program is None:
        assert stage.visitor.find("listen") is None
    else:
        stage.tap("listen")
    if program in ("exit 1", ""):
        stage.visitor.wait_until(lambda: stage.says(SAY("common.listen")))
    stage.tap("register")
    assert stage.screen == "consent"


def test_calling_the_staff_is_heard_where_the_office_set_a_sound(
    open_kiosk: OpenStage, tmp_path: Path, loudspeaker: Loudspeaker
) -> None:
    folder = record(tmp_path / "sounds", "office/bell")
    bell = folder / "office" / "bell.wav"
    stage = open_kiosk(
        recordings=Recordings(folder, loudspeaker), changes={"call_sound": str(bell)}
    )
    stage.tap("start")
    assert loudspeaker.playing is None
    stage.tap("help")
    assert loudspeaker.playing == bell


@pytest.mark.parametrize("percent", [0, 1, 40, 100])
def test_a_call_is_as_loud_as_the_office_wants_it(
    open_kiosk: OpenStage, tmp_path: Path, loudspeaker: Loudspeaker, percent: int
) -> None:
    folder = record(tmp_path / "sounds", "office/bell")
    bell = folder / "office" / "bell.wav"
    stage = open_kiosk(
        recordings=Recordings(folder, loudspeaker),
        changes={"call_sound": str(bell), "sound_volume": percent},
    )
    stage.tap("start", "help")
    assert (loudspeaker.playing, loudspeaker.volume) == ((bell, percent) if percent else (None, -1))


VOLUMES = [
    ("pw-play", 40, ["--volume=0.40"]),
    ("pw-play", 100, []),
    ("paplay", 50, ["--volume=32768"]),
    ("paplay", 1, ["--volume=655"]),
    ("aplay", 40, []),
]


@pytest.mark.parametrize("asked", VOLUMES)
def test_each_program_is_told_the_volume_in_its_own_way(
    monkeypatch: pytest.MonkeyPatch,
    stage: Stage,
    tmp_path: Path,
    asked: tuple[str, int, list[str]],
) -> None:
    program, percent, wanted = asked
    programs, told = tmp_path / "bin", tmp_path / "told"
    programs.mkdir()
    # Whoever writes a comma in numbers would take the volume for nothing.
    script = f'#!{shutil.which("sh")}\necho "$LC_ALL" "$@" >{told}.new\n/bin/mv {told}.new {told}\n'
    (programs / program).write_text(script)
    (programs / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    file = record(tmp_path / "sounds", "id/menu") / "id" / "menu.wav"
    player = SystemPlayer()
    player.play(file, lambda: None, percent)
    stage.visitor.wait_until(told.exists)
    player.stop()
    assert told.read_text("utf-8").split() == ["C", *wanted, str(file)]
