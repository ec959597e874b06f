"""A look at a page as it stands: can it be read, and does it look as it was found good?"""

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from . import test_screens
from .boxes import Box, measure
from .inks import faint_texts
from .modes import Mode, Panel, show

OF_THE_DESK = re.compile(r"key \S+ is only |keys .* are only .* mm apart")
"""Keys of the desk may be smaller and closer than those of residents."""


def faults_of(
    stage: Any,
    panel: Panel,
    found_good: Path | None,
    tmp_path: Path,
    *,
    admitted: re.Pattern[str] = OF_THE_DESK,
    is_whole: Callable[[Box], bool] = lambda _: True,
) -> list[str]:
    """What is wrong; `found_good` is the picture it has to look like, if there is one.

    A text that is not whole, half scrolled out of sight, cannot be read and need not.
    """
    layout = measure(stage, panel)
    picture = test_screens.picture_of(stage)
    texts = tuple(text for text in layout.texts if is_whole(text))
    found: list[str] = [*layout.faults(), *faint_texts(texts, picture)]
    if found_good is not None:
        found += test_screens.changes(picture, found_good, tmp_path)
    return [one for one in found if not admitted.search(one)]


def faults_in_modes(
    stage: Any,
    scene: str,
    modes: Iterable[Mode],
    pictured: Collection[Mode],
    *,
    folder: Path,
    tmp_path: Path,
    **how: Any,
) -> list[str]:
    """What is wrong with a page in any mode; of those `pictured` the folder has pictures.

    `how` goes to faults_of().
    """
    faults: list[str] = []
    for mode in modes:
        show(stage, mode)
        good = folder / f"{scene}{mode}.png" if mode in pictured else None
        faults += [f"{mode}: {one}" for one in faults_of(stage, mode.panel, good, tmp_path, **how)]
    return faults
