"""Damage of every kind is noticed and made good, and nothing that was said to be saved is lost.

The short form; the long one is in long_damage.py.
"""

from pathlib import Path

import pytest

from .damages import Template, make_template, play

SEEDS = range(1, 21)

pytestmark = pytest.mark.usefixtures("nowhere")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.mark.parametrize("seed", SEEDS)
def test_seeded_damage(template: Template, tmp_path: Path, seed: int) -> None:
    play(template, tmp_path, seed)
