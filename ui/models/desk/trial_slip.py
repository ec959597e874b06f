"""A test slip of settings that are not kept yet, and what is said of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never

from kiosk.clock import local
from kiosk.domain.failures import KioskFailure
from kiosk.facts import OfficeFacts
from kiosk.settings import checked_value
from printing.port import Filed, NotSent, Outcome, Rejected, Sent
from printing.spooler import TEST
from ui.services import Services


def print_it(services: Services, given: Mapping[str, Any], language: str) -> Outcome:
    """Hand the slip of nobody to the printer of these settings; raises KioskFailure.

    `given` goes over the settings that the program runs with.
    """
    # ReportLab is slow, and no start waits for it.
    from printing.layout_check import Trial  # noqa: PLC0415
    from printing.slip_preview import print_sample  # noqa: PLC0415

    checked = {name: checked_value(name, value) for name, value in given.items()}
    settings = replace(services.settings, **checked)
    facts = OfficeFacts(services.data, settings, services.clock)
    trial = Trial(settings, services.texts, services.data.benefits, facts)
    name = f"{TEST}-{local(services.clock.now()):%Y%m%d-%H%M%S}"
    return print_sample(trial, services.data.slip_layouts, language, name)


def told(outcome: Outcome | KioskFailure) -> tuple[str, bool]:
    """Return the key of what is said, and whether it is bad news."""
    match outcome:
        case Sent():
            return "first_start.test_sent", False
        case Filed():
            return "first_start.test_filed", False
        case NotSent(hold):
            return f"desk.printer.hold_{hold.value}", True
        case Rejected() | KioskFailure():
            return "first_start.test_refused", True
        case _:
            assert_never(outcome)
