"""Kills every act at each of its writes; `make test` does so at a few. Prints where they fell.

python -m pytest -q -s tests/chaos/long_kills.py
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from .acts import ACTS
from .killing import Kill, kill_at
from .playing import Player

AT_LEAST = 150
OPERATIONS: Mapping[str, Sequence[str]] = {
    "register": [act for act in ACTS if act.startswith(("register", "first start"))],
    "draft": ["draft"],
    "migrate": ["migrate"],
    "back up": ["back up"],
    "purge": ["purge"],
    "rebuild and restore": ["rebuild", "restore"],
    "hand over": ["hand over"],
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_kills(acting: Player, operation: str) -> None:
    kills = [kill for act in OPERATIONS[operation] for kill in kill_at(acting, act, None)]
    lost = 0  # judge() fails at the first
    print(f"\n{operation}: {len(kills)} kills, {lost} lost, by half or twice\n{_histogram(kills)}")
    assert len(kills) >= AT_LEAST


def test_every_act_is_killed() -> None:
    assert {act for acts in OPERATIONS.values() for act in acts} == set(ACTS)


def _histogram(kills: Sequence[Kill]) -> str:
    tenths = Counter(kill.tenth for kill in kills)
    files = Counter(f"{kill.call} {kill.file}" for kill in kills)
    return "\n".join(
        (
            "  tenth of the act: " + " ".join(f"{tenths[tenth]}" for tenth in range(10)),
            *(f"  {count:5} before {what}" for what, count in files.most_common()),
        )
    )
