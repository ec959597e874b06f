"""The audit as a whole: what the program itself notes in it, and `main.py audit verify`."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TextIO

from kiosk.clock import Clock
from kiosk.domain.audit import CODE_DIGITS, Chain, ChainBroken, closing_code, read_code
from kiosk.domain.texts import Texts
from kiosk.keys import Unlocked
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.storage.audit import Deed
from kiosk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """How the chain stands, and for each code from a paper the entry it closed, None for none."""

    chain: Chain
    codes: Mapping[str, int | None]

    @property
    def is_good(self) -> bool:
        """The chain is whole, and every code from a paper is in it."""
        return not isinstance(self.chain, ChainBroken) and None not in self.codes.values()


def note(store: Store, event: str, clock: Clock, *, actor: str = "", **details: int | str) -> None:
    """Note what happened to this kiosk: a key was changed, a backup restored, a clock has jumped.

    `event` is a keyword of its own, as "store_restored"; `actor` an account's id where somebody of
    the staff did it. `details` are numbers and keywords: anything else raises ValueError.
    """
    with store.transaction() as record:
        record.audit.note(Deed(event, actor, clock.now(), details))


def check(store: Store, codes: Sequence[str]) -> Checked:
    """Go through the chain, and look for the codes of papers in it (see read_code)."""
    with store.reading() as record:
        return Checked(
            record.audit.verify(), {code: record.audit.entry_of_code(code) for code in codes}
        )


def run(
    settings: Settings,
    typed: Sequence[str],
    texts: Texts,
    out: TextIO,
    unlocked: Unlocked | None = None,
) -> int:
    """Check this kiosk's audit with codes as typed from recaps; returns 0 if all is good, else 1.

    Raises KeyFailure or StoreFailure when the store cannot be opened.
    """
    codes = [read_code(one) for one in typed]
    if None in codes:
        print(texts.say("audit_check.no_code", digits=CODE_DIGITS), file=out)
        return 1
    _, store = open_own(settings, unlocked=unlocked)
    with closing(store):
        checked = check(store, [code for code in codes if code])
    print(_of_chain(checked.chain, texts), file=out)
    for code, entry in checked.codes.items():
        print(_of_code(closing_code(code), entry, texts), file=out)
    return 0 if checked.is_good else 1


def _of_chain(chain: Chain, texts: Texts) -> str:
    if not isinstance(chain, ChainBroken):
        whole = texts.say("desk_recap.audit_whole", entries=chain.entries)
        return f"{whole} {closing_code(chain.head)}"
    if chain.upto:
        return texts.say("audit_check.rewritten", first=chain.seq, last=chain.upto)
    return texts.say("desk_recap.audit_broken", entry=chain.seq)


def _of_code(code: str, entry: int | None, texts: Texts) -> str:
    if entry is None:
        return texts.say("audit_check.code_unknown", code=code)
    return texts.say("audit_check.code_fits", code=code, entry=entry)
