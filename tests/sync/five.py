"""Five kiosks and a centre that fail at random, and how they come to rest."""

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from central.enrolled import OFFICE, console_of
from central.fixtures import Centre
from central.population import Population
from central.proxy import How, Proxy, Way, running_proxy

from kiosk.central.desk import CentreDesk
from kiosk.central.logins import new_secret
from kiosk.central.outcomes import Done, Unreachable
from kiosk.central.staff import add
from kiosk.central.token import write_token
from kiosk.domain.staff import CentreRole
from kiosk.sync.joining import Own, make_own
from sync.at_work import KioskAtWork, at_work

FIRST_YEAR, LAST_YEAR = 2001, 2089


@dataclass
class Five:
    """The kiosks, each behind a line of its own, and a supervisor of their office at the centre."""

    kiosks: list[KioskAtWork]
    proxies: list[Proxy]
    desk: CentreDesk
    luck: random.Random
    counts: dict[str, int] = field(default_factory=dict)

    def live(self, steps: int) -> None:
        """Let so many things happen, and all come to rest; then all must be equal."""
        for _ in range(steps):
            self._step()
        self._come_to_rest()
        for kiosk in self.kiosks:
            kiosk.assert_equal()

    def _step(self) -> None:
        acts: list[tuple[int, Callable[[int], str]]] = [
            (8, self._register),
            (4, self._correct),
            (3, self._change_there),
            (1, self._erase),
            (6, self._exchange),
            (8, self._cut),
            (2, self._lose_an_answer),
            (1, self._freeze),
            (1, self._start_again),
            (1, self._set_clock),
            (1, self._centre_crashes),
        ]
        (act,) = self.luck.choices([act for _, act in acts], [weight for weight, _ in acts])
        done = act(self.luck.randrange(len(self.kiosks)))
        self.counts[done] = self.counts.get(done, 0) + 1

    def _come_to_rest(self) -> None:
        """Let the lines hold, settle what needs a person, and hand in until nothing is left."""
        for proxy in self.proxies:
            proxy.count_anew()
        while True:
            for kiosk in self.kiosks:
                kiosk.drain()
            conflicts = self.desk.conflicts()
            if isinstance(conflicts, Unreachable):
                continue  # its connection ended with a server
            assert isinstance(conflicts, tuple)
            if not conflicts:
                return
            for conflict in conflicts:
                keep = self.luck.choice(("centre", "kiosk"))
                settled = self.desk.settle(conflict.id, keep, "dicocokkan dengan KTP")
                assert isinstance(settled, Done), settled
                self.counts["conflict"] = self.counts.get("conflict", 0) + 1

    def _register(self, at: int) -> str:
        self.kiosks[at].register_many(self.luck.randint(1, 4))
        return "registered"

    def _some(self, at: int) -> str:
        ids = sorted(self.kiosks[at].has())
        return self.luck.choice(ids) if ids else self.kiosks[at].register_many(1)[0]

    def _correct(self, at: int) -> str:
        id_ = self._some(at)
        self.kiosks[at].correct(id_, phone=f"0812{self.luck.randrange(10**8):08}")
        return "corrected here"

    def _change_there(self, at: int) -> str:
        there = self.kiosks[at].centre_has()
        if not there:
            return "nothing there"
        id_ = self.luck.choice(sorted(there))
        phone = f"0813{self.luck.randrange(10**8):08}"
        changed = self.desk.change(id_, there[id_].revision, {"phone": phone}, "nomor baru")
        return f"changed there: {type(changed).__name__}"

    def _erase(self, at: int) -> str:
        self.kiosks[at].erase(self._some(at))
        return "erased"

    def _exchange(self, at: int) -> str:
        return f"exchanged: {type(self.kiosks[at].talk.once()).__name__}"

    def _cut(self, at: int) -> str:
        # Most exchanges are shorter: then the cut meets a later one.
        way = self.luck.choice(list(Way))
        after = self.luck.randint(1, 6000 if way is Way.UP else 3000)
        self.proxies[at].cut_after(way, after, self.luck.choice((How.RESET, How.CLOSE)))
        self._exchange(at)
        return "cut" if self.proxies[at].has_cut else "cut later"

    def _lose_an_answer(self, at: int) -> str:
        self.proxies[at].cut_after(Way.DOWN, 1)
        self._exchange(at)
        return "lost an answer"

    def _freeze(self, at: int) -> str:
        # Only where it has met the centre: meeting is waited for half a minute.
        self.proxies[at].count_anew()
        self.kiosks[at].drain()
        way = self.luck.choice(list(Way))
        self.proxies[at].cut_after(way, self.luck.randint(1, 2000), How.FREEZE)
        self.kiosks[at].impatient.patience_s = 0.2
        self._exchange(at)
        self.kiosks[at].impatient.patience_s = 60.0
        self.proxies[at].count_anew()
        self.proxies[at].break_all()
        return "froze"

    def _start_again(self, at: int) -> str:
        self.kiosks[at].start_again()
        return "kiosk started again"

    def _set_clock(self, at: int) -> str:
        year = self.luck.randint(FIRST_YEAR, LAST_YEAR)
        self.kiosks[at].clock.moment = datetime(year, 3, 1, 8, self.luck.randrange(60), tzinfo=UTC)
        return "clock set"

    def _centre_crashes(self, at: int) -> str:
        kiosk = self.kiosks[at]
        kiosk.centre.cluster.restart(self.luck.choice((signal.SIGKILL, signal.SIGQUIT)))
        for each in self.kiosks:
            each.forget_owner()
        return "centre crashed"


@contextmanager
def five_at_work(centre: Centre, folder: Path, seed: int) -> Iterator[Five]:
    """Five kiosks of one office that have joined."""
    with ExitStack() as stack:
        kiosks, proxies = [], []
        for serial in range(5):
            proxy = stack.enter_context(running_proxy(centre.cluster.port))
            place, number = folder / f"kiosk {serial}", f"{10917 + serial}"
            kiosk = stack.enter_context(at_work(centre, place, number, (proxy.port,)))
            kiosk.population = Population(seed + serial)
            kiosks.append(kiosk)
            proxies.append(proxy)
        desk = supervisor_of(centre, folder)
        stack.callback(desk.close)
        yield Five(kiosks, proxies, desk, random.Random(seed))


def supervisor_of(centre: Centre, folder: Path) -> CentreDesk:
    """A supervisor of the kiosks' office, at the centre."""
    console = console_of(centre, folder)
    token = add(console, "Ibu Nur", CentreRole.SUPERVISOR, OFFICE)
    own = make_own(write_token(token), folder, new_secret())
    assert isinstance(own, Own)
    return CentreDesk.of(console.for_tokens, own.login, folder)
