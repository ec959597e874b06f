"""The long forms, which `make soak` runs and `make test` does not: half an hour and more."""

import pytest

from .monkey import Monkey
from .stage import ASKING, OpenStage
from .test_endurance import ForgetfulTray, Weight, assert_flat, visit, weigh
from .tours import SCREENS

ACTS, ON_LIVE_CONTROLS, DONE = 20_000, 0.6, 50
WARM_UP, VISITS, GROWTH = 200, 2_000, 1.10


@pytest.mark.parametrize("seed", [20261122])
def test_a_monkey_of_20_000_taps_and_keys(open_kiosk: OpenStage, seed: int) -> None:
    monkey = Monkey(open_kiosk(printer=ForgetfulTray(), changes=ASKING), seed)
    monkey.play(ACTS)
    print(f"\nseed {seed}: {monkey.report()}")
    assert SCREENS - monkey.screens.keys() == {"failsafe", "locked"}
    assert monkey.on_live_controls / monkey.acts >= ON_LIVE_CONTROLS
    assert monkey.screens["done"] >= DONE


def test_2_000_visits_in_one_process(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(printer=ForgetfulTray())
    weights: dict[int, Weight] = {}
    for number in range(1, VISITS + 1):
        visit(stage, number)
        if number % WARM_UP == 0:
            weights[number] = weigh(stage)
            print(f"\nvisit {number}: {weights[number]}", end="", flush=True)
    assert_flat(weights[WARM_UP], weights[VISITS])
    assert weights[VISITS].rss_kb <= GROWTH * weights[WARM_UP].rss_kb
