"""The keys of the console's texts that the code puts together, and all that each can become."""

from collections.abc import Callable

from kiosk.console_access import NoEntry
from kiosk.domain.fleet import CommandKind, ConfigState, OrderResult
from kiosk.domain.judging import HOLDS
from ui.models.console.console_data_model import PARTS
from ui.models.console.notes_model import ALARMS, AUDIT, KNOWN_ALARMS, KNOWN_DEEDS

ACTS = ("phone", "fix_clock", "remind", "look", "unlock")
DEEDS = ("move", "revoke", "enrol_again", "keep_one", "keep_both")
FACTS = (
    *("number", "office", "state", "seen", "today", "waiting", "parked", "slips", "printer"),
    *("paper", "disk", "clock", "backup", "key_level", "app", "data", "config"),
)
FAILED = ("c11", "c12", "c13", "c14", "c31", "c32", "other")
PAGES = ("fleet", "reports", "data", "config", "staff", "notes")
COLUMNS = ("kiosk", "what", "since", "waiting", "seen")
VERSION = ("why", "made", "running", "trial", "decided", "reason")


def built_of_the_console(every: Callable[..., set[str]]) -> dict[str, set[str]]:
    """Return the patterns with their keys; `every` puts each part where the star is."""
    acts = (*CommandKind, *DEEDS)
    return {
        "centre_console.alarm_*": every("centre_console.alarm_*", *KNOWN_ALARMS),
        "console.act.*": every("console.act.*", *ACTS),
        "console.column.*": every("console.column.*", *COLUMNS),
        "console.config.fact.*": every("console.config.fact.*", *VERSION),
        "console.config.reason.*": every(
            "console.config.reason.*", "refused", "worse", "followed", "withdrawn"
        ),
        "console.config.scope.*": every("console.config.scope.*", "all", "office", "kiosk"),
        "console.config.stage.*": every(
            "console.config.stage.*", "checking", "rehearsing", "publishing"
        ),
        "console.config.state.*": every("console.config.state.*", *ConfigState),
        "console.config.*": every("console.config.*", "passphrase", "passphrase_again"),
        "console.deed.*": every("console.deed.*", *KNOWN_DEEDS),
        "console.did.*": every("console.did.*", *acts),
        "console.do.*": every("console.do.*", *acts),
        "console.do_lead.*": every("console.do_lead.*", *acts),
        "console.fact.*": every("console.fact.*", *FACTS),
        "console.failed.*": every("console.failed.*", *FAILED),
        "console.notes.*": every("console.notes.*", ALARMS, AUDIT),
        "console.order.*": every("console.order.*", *CommandKind),
        "console.order_result.*": every("console.order_result.*", *OrderResult, "replaced"),
        "console.page.*": every("console.page.*", *PAGES),
        "console.parts.*": every("console.parts.*", *PARTS),
        "console.printer.*": every("console.printer.*", "ready", "none", *HOLDS),
        "console.sign_in.*": every("console.sign_in.*", *NoEntry),
    }
