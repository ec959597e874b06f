"""The admin's key to sign configurations: made once on this machine, opened with a passphrase."""

from base64 import b64decode
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kiosk.central.signing import (
    SigningKey,
    has_signing_key,
    make_signing_key,
    open_signing_key,
)
from kiosk.domain.failures import KioskFailure
from kiosk.keys.files import KEY_BYTES
from kiosk.keys.passphrase import MIN_LETTERS, PassphraseFlaw
from ui.models.console.host import ConsoleHost
from ui.models.desk.form import Field, Form, Kind, Values

PASSPHRASE, AGAIN = "passphrase", "passphrase_again"
WRONG_PASSPHRASE = "K 16"  # noqa: S105 (a code)
KEY_LETTERS = 44
_LONGEST = 200


def is_public_key(text: str) -> bool:
    """Tell whether this is a public key as configurations name it."""
    try:
        return len(b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False


def passphrase_field(key: str = PASSPHRASE) -> Field:
    """Return the field in which the passphrase of the key is typed."""
    return Field(key, Kind.SECRET, f"console.config.{key}", longest=_LONGEST, span=12)


def has_key(folder: Path) -> bool:
    """Tell whether this machine has a key that can be read."""
    try:
        return has_signing_key(folder)
    except KioskFailure:
        return False


def opened(folder: Path, passphrase: str) -> SigningKey | KioskFailure:
    """Open the key; it takes half a second on purpose, so not on the GUI thread."""
    try:
        return open_signing_key(folder, passphrase)
    except KioskFailure as failure:
        return failure


def key_form(host: ConsoleHost, folder: Path, made: Callable[[], None]) -> Form:
    """Return the form in which the key's passphrase is chosen."""

    def send(values: Values) -> None:
        if values[PASSPHRASE] != values[AGAIN]:
            host.complain({AGAIN: host.texts.say("console.sign_in.differs")})
        else:
            host.run(partial(make_signing_key, folder, values[PASSPHRASE]), took)

    def took(outcome: SigningKey | PassphraseFlaw) -> None:
        if isinstance(outcome, PassphraseFlaw):
            words = host.texts.say(f"keys.flaw_{outcome.value}", least=MIN_LETTERS)
            host.complain({PASSPHRASE: words})
        else:
            host.close_form()
            host.tell("console.config.key_made")
            made()

    return Form(
        name="signing_key",
        title="console.config.make_key",
        lead="console.config.key_lead",
        submit="console.config.make_key",
        fields=(passphrase_field(), passphrase_field(AGAIN)),
        send=send,
        kept=False,
    )
