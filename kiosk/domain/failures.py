"""Failures of the environment: a broken file, a locked store, a lost key.

Expected outcomes are values, never exceptions; what is neither is a bug.
"""


class KioskFailure(Exception):
    """The kiosk's surroundings failed.

    `code` is short enough for staff to read out over the telephone, like "D 11". Messages never
    carry a resident's data.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class DataFailure(KioskFailure):
    """A data file is broken; the message names the file and the line."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__("D 11", f"{file} line {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason
