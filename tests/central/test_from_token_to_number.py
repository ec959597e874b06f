"""As typed: the console enrols, the kiosk joins, the console sees it, and revokes it."""

from pathlib import Path

import pytest

from central.enrolled import OFFICE, console_of
from central.fixtures import Centre
from kiosk.central.token import Token, read_token
from main import main


def test_from_a_token_to_a_number(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = console_of(centre, tmp_path).login
    url, token, picture = (tmp_path / name for name in ("url", "token.txt", "token.png"))
    url.write_text(centre.url(admin.role, admin.secret))
    console = ("central", "--url-file", str(url))
    enrol = ("enrol", "--name", "Loket 1", "--office", OFFICE, "--qr", str(picture))
    assert main([*console, *enrol]) == 0
    told = capsys.readouterr().out
    text = told.split("\n\n")[1]
    made = read_token(text)
    assert isinstance(made, Token)
    assert picture.exists()
    token.write_text(text)
    config = tmp_path / "kiosk.toml"
    folders = ("store", "keys", "slips", "journal", "backup")
    config.write_text("".join(f'{name}_folder = "{tmp_path / name}"\n' for name in folders))
    assert main(["--config", str(config), "join", str(token)]) == 0
    number = made.login.role.removeprefix("kiosk_")
    assert number in capsys.readouterr().out
    assert main(["--config", str(config), "join", str(token)]) == 1
    assert main([*console, "revoke", number]) == 0
    assert main([*console, "kiosks"]) == 0
    assert main([*console, "revoke", "10000"]) == 1
