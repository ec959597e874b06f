"""What becomes of a question to the centre that got no answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.domain.failures import KioskFailure


@dataclass(frozen=True, slots=True)
class Unreached:
    """The centre could not be asked, or refused; the page says so, with the failure's code."""

    code: str


def or_unreached(work: Callable[[], Any]) -> Any:
    """Return what the work returns, or that the centre could not be asked."""
    try:
        return work()
    except KioskFailure as failure:
        return Unreached(failure.code)
