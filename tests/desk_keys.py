"""The keys of the desk's texts that the code puts together, and all that each can become."""

from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum

from kiosk.desk.at_centre import SENT_AGAIN
from kiosk.desk.scan import NAME_DIFFERS, ScanVerdict
from kiosk.desk.staffing import Leaving
from kiosk.domain import branch_answer, invitation
from kiosk.domain.answers import Stop
from kiosk.domain.benefits import Benefits
from kiosk.domain.centre import MatchBecause
from kiosk.domain.centre_desk import TokenFlaw
from kiosk.domain.desk import NOT_OUT, View
from kiosk.domain.orders import Order, PaymentFlaw
from kiosk.domain.print_job import CopyReason, Hold, PrintState
from kiosk.domain.registration import Declaration, Status
from kiosk.domain.rights import RequestState, Right
from kiosk.domain.setting import Flaw, Group, Owner, Unit
from kiosk.domain.slip_without import CAN_DO_WITHOUT
from kiosk.domain.staff import Role
from kiosk.domain.tariff import AgeLimits, Package
from kiosk.domain.validity import EndKind
from kiosk.domain.work import Sector
from kiosk.handover.reading import FileFlaw
from kiosk.layers import Source as Layer
from kiosk.own_content import Unfit
from kiosk.settings import DECLARED, KINDS
from printing.discovery import Source
from ui.models.desk.centre_model import LoginState
from ui.models.desk.centre_view import KNOWN_REASONS
from ui.models.desk.data_view import OTHER, REASONS
from ui.models.desk.desk_model import PAGE_TOLD
from ui.models.desk.detail_view import COLUMNS, HAND_OVER
from ui.models.desk.first_questions import Step
from ui.models.desk.own_parts_model import FILES
from ui.models.desk.printer_view import ICONS
from ui.models.desk.requests_model import CALL_OFF, OPEN_RECORD, PRINT_COPY, PRINT_PROOF
from ui.models.desk.setting_words import SEVERAL

PAGES = (
    *("records", "batches", "answer", "invitations", "requests", "recap", "printer", "staff"),
    *("centre", "pairs", "settings", "readiness", "copies", "data"),
)
LINKS = (
    "not_joined",
    "never",
    "all_there",
    "waiting",
    "some_parked",
    "not_reached",
    "refused",
    "last",
)
CENTRE_FACTS = ("address", "reached", "since", "not_there", "parked")
TOKEN_FACTS = ("office", "number", "name", "address", "until")
SIDE = ("name", "nik", "birth_date", "desa", "phone", "registered_at", "office", "status")
DECISIONS = ("same", "different", "centre", "kiosk")
NOTED = (
    "change_kept",
    *(
        "help_began",
        "help_ended",
        "corrected",
        "renewed",
        "reprinted",
        "slip_given",
        "slip_seen",
        "nik_seen",
    ),
    NAME_DIFFERS,
    SENT_AGAIN,
    *("data_copied", "erased", "status_seen", "proof_refused", "draft_resumed"),
    *(f"{right}_asked" for right in Right),
    *(f"{right}_{state}" for right in Right for state in set(RequestState) - {RequestState.OPEN}),
)
FACTS = ("model", "media", "says", "reports", "used", "left", "source", "device", "address")
FIGURES = (
    *(one.name for one in fields(Benefits) if one.name != "version"),
    *(one.name for one in fields(AgeLimits)),
    "periods",
)
COPIES_FACTS = ("people", "backed_up", "backups", "checked", "journal", "aside")
ANSWERS = (Order.ACCEPT, Order.REJECT)
DEEDS = (CALL_OFF, OPEN_RECORD, PRINT_COPY, PRINT_PROOF)
GRAVE = (Right.WITHDRAWAL, Right.ERASURE)
PAYMENTS = (Order.PAY, Order.RENEW)
QUESTIONS = set(Step) - {Step.READY}
PACKAGES = tuple(one.name.lower() for one in Package)


def built_of_the_desk(every: Callable[..., set[str]]) -> dict[str, set[str]]:
    """Return the patterns with what they become; `every` puts parts where the star is."""
    return {
        "desk.answer.flaw.*": every("desk.answer.flaw.*", *branch_answer.Flaw),
        "desk.batches.*": every("desk.batches.*", "size", "made_at", "made_by", "digest"),
        "desk.centre.*": every("desk.centre.*", *LINKS, "locked", "cap", "unsafe"),
        "desk.centre.*_do": every("desk.centre.*_do", *LINKS, "locked", "cap", "unsafe"),
        "desk.centre.fact_*": every("desk.centre.fact_*", *CENTRE_FACTS),
        "desk.centre.login_*": every("desk.centre.login_*", *set(LoginState) - {""}),
        "desk.join.fact_*": every("desk.join.fact_*", *TOKEN_FACTS),
        "desk.join.flaw_*": every("desk.join.flaw_*", *TokenFlaw),
        "desk.copies.fact_*": every("desk.copies.fact_*", *COPIES_FACTS),
        "desk.data.end_*": every("desk.data.end_*", *EndKind),
        "desk.data.fact_*": every("desk.data.fact_*", "tariff", "benefits", "ends", "waiting"),
        "desk.data.figure_*": every("desk.data.figure_*", *FIGURES),
        "desk.data.flaw_*": every("desk.data.flaw_*", *REASONS.values(), OTHER),
        "desk.data.sector_*": every("desk.data.sector_*", *Sector),
        "desk.data.waits_*": every("desk.data.waits_*", "tariff", "benefits"),
        "desk.pairs.*": every("desk.pairs.*", *SIDE),
        "desk.pairs.alarm_*": every("desk.pairs.alarm_*", *MatchBecause, "conflict"),
        "desk.pairs.because_*": every("desk.pairs.because_*", *MatchBecause),
        "desk.pairs.deed_*": every("desk.pairs.deed_*", *DECISIONS),
        "desk.pairs.lead_*": every("desk.pairs.lead_*", *DECISIONS),
        "desk.pairs.submit_*": every("desk.pairs.submit_*", *DECISIONS),
        "desk.pairs.tag_*": every("desk.pairs.tag_*", "match", "versions"),
        "desk.parked.*": every("desk.parked.*", *KNOWN_REASONS),
        "desk.parked.*_do": every("desk.parked.*_do", *KNOWN_REASONS),
        "desk.column.*": every("desk.column.*", *COLUMNS),
        "desk.deed.*": every("desk.deed.*", *set(Order) - {Order.REJECT}, HAND_OVER),
        "desk.empty.*": every("desk.empty.*", *View),
        "desk.entry.from_nik_*": every("desk.entry.from_nik_*", "male", "female"),
        "desk.entry.package.*": every(
            "desk.entry.package.*", *(one.name.lower() for one in Package)
        ),
        "desk.event.*": every("desk.event.*", *Status, *NOTED),
        "desk.files.flaw.*": every(
            "desk.files.flaw.*", *set(FileFlaw) - {FileFlaw.COLUMNS_MISSING}
        ),
        "desk.form.*": every("desk.form.*", *PAYMENTS, *ANSWERS),
        "desk.form.*_submit": every("desk.form.*_submit", *PAYMENTS),
        "desk.invitations.*": every("desk.invitations.*", "invited", "registered", "paid"),
        "desk.invitations.flaw.*": every("desk.invitations.flaw.*", *invitation.Flaw),
        "desk.leave.*": every("desk.leave.*", *Leaving),
        "desk.leave.*_lead": every("desk.leave.*_lead", *Leaving),
        "desk.leave.*_submit": every("desk.leave.*_submit", *Leaving),
        "desk.name_told.*": every(
            "desk.name_told.*", ScanVerdict.GENUINE, ScanVerdict.GENUINE_OLDER_NAME
        ),
        "desk.page.*": every("desk.page.*", *PAGES),
        "desk.page_told.*": every("desk.page_told.*", *PAGE_TOLD),
        "desk.problem.*": every("desk.problem.*", *PaymentFlaw),
        "desk.problem.not_yet_*": every("desk.problem.not_yet_*", Right.COPY, Right.CORRECTION),
        "desk.copy_reason.*": every("desk.copy_reason.*", *CopyReason),
        "desk.printer.*": every("desk.printer.*", *FACTS),
        "desk.printer.deed_*": every("desk.printer.deed_*", *ICONS),
        "desk.printer.hold_*": every("desk.printer.hold_*", *Hold),
        "desk.printer.hold_*_do": every("desk.printer.hold_*_do", *Hold),
        "desk.printer.source_*": every("desk.printer.source_*", *Source),
        "desk.printer.short_*": every("desk.printer.short_*", *set(NOT_OUT)),
        "desk.printer.slip_*": every("desk.printer.slip_*", PrintState.UNSURE, PrintState.FILED),
        "desk.requests.*": every("desk.requests.*", *DEEDS),
        "desk.requests.carry_out_*": every("desk.requests.carry_out_*", *Right),
        "desk.requests.confirm_*": every("desk.requests.confirm_*", *GRAVE),
        "desk.requests.confirm_*_lead": every("desk.requests.confirm_*_lead", *GRAVE),
        "desk.requests.do_*": every("desk.requests.do_*", *Right),
        "desk.requests.means_*": every("desk.requests.means_*", *Right),
        "desk.role.*": every("desk.role.*", *Role),
        "desk.role_may.*": every("desk.role_may.*", *Role),
        "desk.scan.*": every("desk.scan.*", *ScanVerdict),
        "desk.slip.*": every("desk.slip.*", *PrintState),
        "desk.stop.*": every("desk.stop.*", *Stop),
        "desk.tag.*": every("desk.tag.*", *Status),
        "desk.told.*": every("desk.told.*", "switched_off", "switched_on"),
        "desk.view.*": every("desk.view.*", *View),
        "question.*.*": set(),
        **built_of_the_settings(every),
        "review.declaration.*": every("review.declaration.*", *Declaration),
    }


def built_of_the_settings(every: Callable[..., set[str]]) -> dict[str, set[str]]:
    """Return the patterns of the settings with what they become."""
    chosen = {name: kind for name, kind in KINDS.items() if issubclass(kind, StrEnum)}
    choices = {f"setting.choice.{name}.{one}" for name, kind in chosen.items() for one in kind}
    unused = set(Unfit) - {Unfit.TEXT, Unfit.OF_THE_CENTRE}
    return {
        "setting.*.label": every("setting.*.label", *DECLARED),
        "setting.*.text": every("setting.*.text", *DECLARED),
        "setting.choice.*.*": choices,
        "setting.counts.*": every("setting.counts.*", "now", "idle"),
        "setting.fact.*": every("setting.fact.*", "from", "who", "counts", "limits", "was"),
        "setting.flaw.*": every("setting.flaw.*", *set(Flaw) - {Flaw.OUT_OF_LIMITS, Flaw.TOO_LONG}),
        "setting.group.*": every("setting.group.*", *Group, *FILES),
        "parts.own.refused.*": every("parts.own.refused.*", *set(Unfit) - {Unfit.OF_THE_CENTRE}),
        "parts.own.unused.*": every("parts.own.unused.*", *unused),
        "setting.none.*": every("setting.none.*", *SEVERAL),
        "setting.slip_part.*": every("setting.slip_part.*", *CAN_DO_WITHOUT),
        "setting.owner.*": every("setting.owner.*", *Owner),
        "setting.source.*": every("setting.source.*", *Layer),
        "setting.switch.*": every("setting.switch.*", "yes", "no"),
        "setting.unit.*": every("setting.unit.*", *Unit),
        "first_start.*": every("first_start.*", *QUESTIONS),
        "first_start.*_lead": every("first_start.*_lead", *QUESTIONS),
    }
