"""The QR code of an enrolment token: on a terminal, or as a file for a message."""

from io import BytesIO
from pathlib import Path
from typing import TextIO

BORDER = 4


def draw_token(text: str, file: Path | None, out: TextIO) -> None:
    """Draw a token's text into a .png or .svg file, or with half blocks on a terminal.

    Raises OSError for a file that cannot be written, and ValueError for another kind of file.
    """
    import segno  # noqa: PLC0415 (only a console draws tokens)

    code = segno.make_qr(text, error="l", boost_error=False)
    if file is None:
        code.terminal(out, border=BORDER, compact=True)
        return
    if file.suffix not in {".png", ".svg"}:
        raise ValueError(f"{file.name}: a QR code is written as .png or .svg")
    code.save(str(file), border=BORDER, scale=6)


def token_picture(text: str) -> bytes:
    """Return a token's QR code as a PNG file."""
    import segno  # noqa: PLC0415 (only a console draws tokens)

    picture = BytesIO()
    segno.make_qr(text, error="l", boost_error=False).save(
        picture, kind="png", border=BORDER, scale=4
    )
    return picture.getvalue()
