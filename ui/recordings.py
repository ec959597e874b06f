"""Recordings of the screens, spoken: which there are, and the program of the system that plays."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

FORMATS = (".wav", ".ogg")
_LOUDEST = 100
_PROGRAMS = {"pw-play": FORMATS, "paplay": FORMATS, "aplay": (".wav",)}
"""What plays through PipeWire, PulseAudio or ALSA alone, and which formats each can read."""


class Player(Protocol):
    """Plays one recording at a time."""

    def can_play(self, file: Path) -> bool:
        """Whether this machine knows how to play such a file."""

    def play(self, file: Path, on_end: Callable[[], None], volume_percent: int = 100) -> None:
        """Begin; `on_end` is called when it is over or fails, not when it was stopped."""

    def stop(self) -> None:
        """Fall silent at once."""


class SystemPlayer(QObject):
    """Leaves playing to a program of the system: what goes wrong there stays there."""

    def __init__(self) -> None:
        super().__init__()
        self._process: QProcess | None = None

    def can_play(self, file: Path) -> bool:
        return _program(file) is not None

    def play(self, file: Path, on_end: Callable[[], None], volume_percent: int = 100) -> None:
        self.stop()
        process = self._process = QProcess(self)
        process.finished.connect(on_end)
        process.errorOccurred.connect(on_end)
        # Some would want a comma in the volume where the office's language writes one.
        plain = QProcessEnvironment.systemEnvironment()
        plain.insert("LC_ALL", "C")
        process.setProcessEnvironment(plain)
        program = _program(file) or ""
        process.start(program, [*_volume(Path(program).name, volume_percent), str(file)])

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished()
            process.deleteLater()


def _program(file: Path) -> str | None:
    able = (name for name, formats in _PROGRAMS.items() if file.suffix in formats)
    return next((found for name in able if (found := shutil.which(name))), None)


def _volume(program: str, percent: int) -> list[str]:
    """How a program is told to be less loud; aplay knows no way."""
    if percent >= _LOUDEST:
        return []
    told = {"pw-play": f"{percent / _LOUDEST:.2f}", "paplay": f"{percent * 65536 // _LOUDEST}"}
    return [f"--volume={told[program]}"] if program in told else []


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings below `folder`, as <language>/<screen>.wav or .ogg."""

    folder: Path
    player: Player

    def find(self, language: str, screen: str) -> Path | None:
        """Return the recording of a screen, None where there is none that can be played here."""
        files = (self.folder / language / f"{screen}{ending}" for ending in FORMATS)
        return next((one for one in files if one.is_file() and self.player.can_play(one)), None)
