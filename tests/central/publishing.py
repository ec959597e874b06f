"""An admin who publishes, and kiosks that report; everything through the real functions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from central.kiosks import Json, Kiosk
from kiosk.central.console import Console
from kiosk.central.signing import SigningKey
from kiosk.domain.configuration import Content, Document
from kiosk.domain.fleet import NotPublished, NotTrusted, Published, SomebodyElse
from kiosk.fleet import Draft, Trial, history, newest, publish
from kiosk.keys.slips import KioskKeys, public_key_of

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


def signing_key(letter: str = "a", *others: SigningKey) -> SigningKey:
    """A key that is made at once; the one under a passphrase is tried in test_signing.py."""
    seed = letter.encode() * 32
    keys = KioskKeys(seed, seed)
    return SigningKey(public_key_of(seed), keys, tuple(one.public for one in others))


@dataclass(frozen=True)
class Admin:
    """Publishes with a key."""

    console: Console
    key: SigningKey

    def publish(
        self,
        trial: str,
        content: Content | None = None,
        *,
        base: Document | None = None,
        hold_minutes: int = 0,
        **kabupaten: object,
    ) -> Published | SomebodyElse | NotPublished | NotTrusted:
        """Publish settings of the kabupaten, made from `base` or the newest version."""
        wanted = content or Content(kabupaten=kabupaten)
        draft = Draft(base or newest(self.console), wanted, "uji coba")
        trial_of = Trial(trial, hold_minutes)
        return publish(self.console, self.key, draft, trial_of, check=lambda _: (), now=NOW)

    def states(self) -> dict[int, str]:
        """How far each version came."""
        return {one.version: one.state.value for one in history(self.console)}


def fetched(kiosk: Kiosk, have: int = 0) -> int:
    """The version that the centre gives a kiosk, 0 for none."""
    return int(kiosk.call({"have": have}, "fetch_config").get("version", 0))


def report(kiosk: Kiosk, config: int, trouble: int = 0, **more: Any) -> Json:
    """A kiosk tells the centre how it stands."""
    health: Mapping[str, Any] = {"config": config, "trouble": trouble, "waiting": 0, **more}
    return kiosk.exchange(health=health)


def more_keys(draft: Draft, *keys: SigningKey) -> Draft:
    """A draft after which these may sign as well."""
    return replace(draft, more_keys=tuple(one.public for one in keys))
