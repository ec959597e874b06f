"""The admin's key to sign configurations: made once on this machine, opened with a passphrase."""

from base64 import b64decode
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kiosk.central.signing import (
    SigningKey,
    anchors_of,
    has_signing_key,
    know_admin,
    make_signing_key,
    open_signing_key,
)
from kiosk.domain.failures import KioskFailure
from kiosk.domain.texts import Texts
from kiosk.keys.files import KEY_BYTES
from kiosk.keys.passphrase import MIN_LETTERS, PassphraseFlaw
from ui.models.console.host import ConsoleHost
from ui.models.desk.form import Field, Form, Kind, Values

OTHER = "other_key"
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


def not_opened(failure: KioskFailure, texts: Texts) -> str:
    """Return why the key was not opened."""
    wrong = failure.code == WRONG_PASSPHRASE
    word = "console.config.wrong_passphrase" if wrong else "console.failed.other"
    return texts.say(word, code=failure.code)


def public_of(folder: Path) -> str:
    """Return the public key of this machine's admin, "" without one."""
    try:
        return next(iter(anchors_of(folder)), "")
    except KioskFailure:
        return ""


def other_admin_form(host: ConsoleHost, folder: Path) -> Form:
    """Return the form in which the key of another admin is taken in, as they told it."""

    def send(values: Values) -> None:
        host.run(partial(know_admin, folder, values[OTHER].strip()), took)

    def took(known: bool) -> None:
        if known:
            host.close_form()
            host.tell("console.config.admin_known")
        else:
            host.complain({OTHER: host.texts.say("console.config.no_key")})

    return Form(
        name="other_admin",
        title="console.config.know_admin",
        lead="console.config.know_lead",
        submit="console.config.know_admin",
        fields=(Field(OTHER, label="console.config.other_key", longest=KEY_LETTERS, span=12),),
        send=send,
        kept=False,
    )


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
