"""Prints what a visit costs the hands and the patience; `make measure` runs it.

The shortest registration in touches and by the keystroke-level model, tap to painted for every
screen in the largest text, the switch of the language, and the slip on each paper.
"""

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from e2e.desk_stage import DeskStage, employ
from e2e.effort import ASSISTED_FIELDS, Effort, assist, register
from e2e.modes import LARGEST
from e2e.stage import Stage, open_stage
from e2e.tours import SILENCE, TOURS, WAITED_FOR, follow
from samples import nik_of
from slip_samples import TEXTS, make_slip
from taps import tap, wait_for_frame

from printing.papers import PAPERS, Paper
from printing.slip_page import render_slip
from ui.app import make_application
from ui.models.kiosk_model import DEAF_AFTER_NEW_SCREEN_MS

ROUNDS = 3
LANGUAGE_SWITCHES = 20
SLIPS = 10
KEYSTROKE_S = 1.2
"""K of Card, Moran and Newell for who does not know the keyboard: every letter is looked for."""
CLERK_KEYSTROKE_S = 0.28
POINT_AND_TOUCH_S = 1.1 + 0.1
"""P and B: the finger goes to a key and presses it."""
THINK_S = 1.35
"""M: once for every screen, to decide; reading is not in the model."""

Times = dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    make_application()
    with _new_stage() as stage:
        effort = register(stage)
    with _new_stage() as stage:
        assisted = _count_assisted(stage)
    times: Times = defaultdict(list)
    for _ in range(ROUNDS):
        for name in TOURS:
            _time_screens(name, times)
    with _new_stage() as stage:
        switches = [_time_tap(stage, "language", lambda: True) for _ in range(LANGUAGE_SWITCHES)]
    painted = [one for each in times.values() for one in each]
    _print_effort(effort, median(painted) / 1000)
    _print_assisted(assisted)
    _print_times("tap to painted in the largest text, to", times)
    _print_times("", {"every screen": painted, "language switch": switches})
    _print_times(
        "slip drawn and read back, on", {name: _time_slips(paper) for name, paper in PAPERS.items()}
    )


def _count_assisted(stage: Stage) -> int:
    """The keys that the same person takes at the desk."""
    employ(stage)
    stage.app.window.resize(1366, 768)
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    desk.tap("register")
    return assist(desk, nik_of(1), "entin suprihatin ali") + 1  # Enter


def _print_assisted(keys: int) -> None:
    typing_s, thinking_s = keys * CLERK_KEYSTROKE_S, ASSISTED_FIELDS * THINK_S
    print(
        f"The same at the desk: {keys} keystrokes; {typing_s + thinking_s:.0f} s = keystrokes x "
        f"{CLERK_KEYSTROKE_S} (K of an average typist) + {ASSISTED_FIELDS} fields x {THINK_S} (M). "
        "The answers of the person come on top; a trained clerk should need 90 s in all."
    )


def _print_effort(effort: Effort, response_s: float) -> None:
    typing_s = effort.keystrokes * KEYSTROKE_S
    tapping_s = effort.taps * POINT_AND_TOUCH_S
    thinking_s, waiting_s = effort.screens * THINK_S, effort.screens * response_s
    print(
        f"The shortest registration, a NIK of 16 digits and a name of 20 letters: {effort.taps} "
        f"taps and {effort.keystrokes} keystrokes, {effort.touches} in all (aim 70), on "
        f"{effort.screens} screens."
    )
    all_s = typing_s + tapping_s + thinking_s + waiting_s
    print(
        f"Keystroke-level model: {all_s:.0f} s = keystrokes x {KEYSTROKE_S} (K) + taps x "
        f"{POINT_AND_TOUCH_S:.1f} (P+B) + screens x {THINK_S} (M) + screens x {response_s:.3f} "
        "(R, measured). Reading comes on top."
    )


def _print_times(title: str, times: Times) -> None:
    if title:
        print(f"{title:40}{'p50':>9}{'p95':>9}  ms")
    for name, each in sorted(times.items()):
        p95 = quantiles(each, n=20, method="inclusive")[-1] if len(each) > 1 else each[0]
        print(f"  {name:38}{median(each):9.1f}{p95:9.1f}")


def _time_screens(name: str, times: Times) -> None:
    """Take a tour; every tap that leads to another screen is made, and timed, in the largest text.

    The others are made in the normal text: the tours know their keys there.
    """
    leads_on = _which_taps_lead_on(name)
    with _new_stage(name) as stage:
        for key, leads in zip(_keys_of(name), leads_on, strict=True):
            if leads and stage.screen != "done":  # that one has a second page in the largest text
                took_ms = _time_in_largest_text(stage, key)
                times[stage.screen].append(took_ms)
            else:
                follow(stage, [key])


def _which_taps_lead_on(name: str) -> list[bool]:
    leads_on = []
    with _new_stage(name) as stage:
        for key in _keys_of(name):
            before = stage.screen
            follow(stage, [key])
            leads_on.append(stage.screen != before)
    return leads_on


def _keys_of(name: str) -> list[str]:
    return [key for keys in TOURS[name].scenes.values() for key in keys if key != SILENCE]


def _time_in_largest_text(stage: Stage, key: str) -> float:
    kiosk: Any = stage.app.kiosk
    while kiosk.textStep != LARGEST:
        kiosk.nextTextSize()
    if key in WAITED_FOR:
        stage.wait_for_work()
    if stage.screen == "review":
        _turn_to(stage, "tick-data_true" if key == "next" else key)
    before = stage.screen
    took_ms = _time_tap(stage, key, lambda: stage.screen != before)
    while kiosk.textStep:
        kiosk.nextTextSize()
    stage.wait_until_idle()
    follow(stage, [])
    return took_ms


def _turn_to(stage: Stage, key: str) -> None:
    """The pages of the review, to the one with this key."""
    while not stage.visitor.find(key):
        stage.tap("next")


def _time_tap(stage: Stage, key: str, reached: Callable[[], bool]) -> float:
    """From the release to the frame that shows what it led to."""
    place = stage.visitor.place_of(key)
    stage.visitor.picture()
    stage.clock.skip(DEAF_AFTER_NEW_SCREEN_MS)
    released_s = tap(stage.app.window, place)
    painted_s = wait_for_frame(stage.app.window, reached)
    return (painted_s - released_s) * 1000


def _time_slips(paper: Paper) -> list[float]:
    took_ms = []
    for _ in range(SLIPS):
        began_s = perf_counter()
        render_slip(make_slip(), TEXTS, paper=paper)
        took_ms.append((perf_counter() - began_s) * 1000)
    return took_ms


@contextmanager
def _new_stage(tour: str = "") -> Iterator[Stage]:
    changes = TOURS[tour].changes if tour else {}
    with (
        tempfile.TemporaryDirectory() as folder,
        open_stage(Path(folder) / "kiosk", changes=changes) as stage,
    ):
        stage.visitor.wait_until(lambda: bool(stage.app.window.property("allBuilt")))
        if tour:
            TOURS[tour].prepare(stage)
        yield stage


if __name__ == "__main__":
    main()
