"""200 seeded damages; `make test` plays the first twenty. Run by name, it prints what came of them.

python -m pytest -q -s tests/chaos/long_damage.py
"""

from collections import Counter
from pathlib import Path

import pytest

from .damages import make_template, play

DAMAGES = 200


@pytest.mark.usefixtures("nowhere")
def test_200_seeded_damages(tmp_path: Path) -> None:
    template = make_template(tmp_path / "template")
    done = [play(template, tmp_path, seed) for seed in range(1, DAMAGES + 1)]
    for count in (
        Counter(f"{one.what:8} {one.act}" for one in done),
        Counter(f"{one.what:8} -> {one.noticed}" for one in done),
    ):
        print()
        for told, times in sorted(count.items()):
            print(f"{times:4}  {told}")
    lost = 0  # play() fails at the first
    print(f"\n{len(done)} damages, {lost} registrations lost")
