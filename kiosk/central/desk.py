"""What a person of the staff does at the centre under their own login.

The centre itself judges who may do what; here its answers become values. Each call is one
transaction there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from kiosk.central.address import CentreAddress, Login, make_engine
from kiosk.central.outcomes import (
    AlreadyDecided,
    AlreadySettled,
    AlreadySo,
    CentreFlag,
    ChangedMeanwhile,
    Colleague,
    Decided,
    Done,
    EraseAtTheKiosk,
    Erased,
    Exported,
    FoundThere,
    NoAnswer,
    NotAllowed,
    NotFound,
    NotPossible,
    Person,
    ReasonMissing,
    Refused,
    SeenThere,
    Stopped,
    Unreachable,
)
from kiosk.central.refusals import refuses_login
from kiosk.domain.centre import CentreConflict, Match, MatchBecause, MatchSide, Verdict
from kiosk.domain.staff import CentreRole

CONNECT_TIMEOUT_S = 10
"""Somebody waits at the desk."""
_NOT_ALLOWED = frozenset({"42501", "AB002", "AB004"})
_READS = frozenset({"whoami", "flags", "matches", "conflicts", "search", "staff"})
"""Asking these twice changes nothing."""


class CentreDesk:
    """One person's connection to the centre; for one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def of(cls, address: CentreAddress, login: Login, ca_folder: Path) -> Self:
        """Open for a login; connects at the first call. Raises CentreFailure "C 11"."""
        return cls(make_engine(address, login, ca_folder, connect_timeout_s=CONNECT_TIMEOUT_S))

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()

    # ------------------------------------------------------------ reading

    def whoami(self) -> Person | NoAnswer:
        """Return who the centre takes this login for."""
        said = self._call("whoami")
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        return Person(said["login"], said["name"], CentreRole(said["role"]), said["office"])

    def flags(self) -> tuple[CentreFlag, ...] | NoAnswer:
        """Return which registrations of the office somebody has to look at, and why."""
        said = self._call("flags")
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        return tuple(
            CentreFlag(one["registration_id"], one["because"], str(one["id"])) for one in said
        )

    def matches(self) -> tuple[Match, ...] | NoAnswer:
        """Return the pairs that may be one person, the office's own side first."""
        said = self._call("matches")
        return said if isinstance(said, (Unreachable, NotAllowed)) else tuple(map(_match, said))

    def conflicts(self) -> tuple[CentreConflict, ...] | NoAnswer:
        """Return the registrations of the office that stand in two versions."""
        said = self._call("conflicts")
        return said if isinstance(said, (Unreachable, NotAllowed)) else tuple(map(_conflict, said))

    def search(self, words: str) -> tuple[FoundThere, ...] | NoAnswer:
        """Return the office's registrations whose number, name or whole NIK begins like that.

        At most 50, the latest first; nothing for fewer than three characters.
        """
        said = self._call("search", words)
        return said if isinstance(said, (Unreachable, NotAllowed)) else tuple(map(_line, said))

    def see(self, registration_id: str) -> SeenThere | NotFound | NoAnswer:
        """Return one registration whole; the centre keeps that it was looked at."""
        said = self._call("see", registration_id)
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        if said["outcome"] == "not_found":
            return NotFound()
        return SeenThere(said["revision"], said["payload"])

    def export(self, registration_id: str) -> Exported | NotFound | NoAnswer:
        """Return all that the centre holds about one registration; for a supervisor."""
        said = self._call("export", registration_id)
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        if said["outcome"] == "not_found":
            return NotFound()
        return Exported(said["payload"], _at(said["received_at"]), tuple(said["revisions"]))

    # ------------------------------------------------------------ deciding

    def decide(
        self, match_id: str, verdict: Verdict, void_id: str | None, reason: str
    ) -> Decided | AlreadyDecided | Refused:
        """Decide about a match; `void_id` is the office's own registration that is given up."""
        said = self._call("decide", int(match_id), verdict.value, void_id, reason)
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        match said["outcome"]:
            case "decided":
                return Decided(Verdict(said["verdict"]))
            case "already_decided":
                return AlreadyDecided(Verdict(said["verdict"]), _at(said["decided_at"]))
        return _refusal(said)

    def settle(self, conflict_id: str, keep: str, reason: str) -> Done | AlreadySettled | Refused:
        """Settle a conflict: `keep` is "centre" or "kiosk"; the outcome is a new revision."""
        said = self._call("settle", int(conflict_id), keep, reason)
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        match said["outcome"]:
            case "done":
                return Done(said["revision"])
            case "already_settled":
                return AlreadySettled(_at(said["decided_at"]))
        return _refusal(said)

    # ------------------------------------------------------------ changing

    def change(
        self, registration_id: str, seen: int, fields: Mapping[str, str], reason: str
    ) -> Done | AlreadySo | ChangedMeanwhile | Refused:
        """Change columns of a registration: phone, phone_owner, email, work_place; or `status`.

        A status is accepted, rejected (with `rejected_because`) or member (with `kpj`). `seen` is
        the revision that the person had open.
        """
        return self._change("change", registration_id, seen, _Json(dict(fields)), reason)

    def void(
        self, registration_id: str, seen: int, reason: str
    ) -> Done | AlreadySo | ChangedMeanwhile | Refused:
        """Make a registration void; for a supervisor."""
        return self._change("void", registration_id, seen, reason)

    def _change(self, function: str, *values: Any) -> Done | AlreadySo | ChangedMeanwhile | Refused:
        said = self._call(function, *values)
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        match said["outcome"]:
            case "done":
                return Done(said["revision"])
            case "already_so":
                return AlreadySo(said["revision"])
            case "changed_meanwhile":
                return ChangedMeanwhile(said["revision"])
        return _refusal(said)

    def erase(self, registration_id: str) -> Erased | EraseAtTheKiosk | NotFound | NoAnswer:
        """Erase what the centre holds of a registration whose kiosk was revoked."""
        said = self._call("erase", registration_id)
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        match said["outcome"]:
            case "done":
                return Erased()
            case "at_the_kiosk":
                return EraseAtTheKiosk()
        return NotFound()

    # ------------------------------------------------------------ the office's people

    def staff(self) -> tuple[Colleague, ...] | NoAnswer:
        """Return the logins of the office's people; for its admin."""
        said = self._call("staff")
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        return tuple(
            Colleague(
                one["login"], one["name"], CentreRole(one["role"]), one["office"], one["active"]
            )
            for one in said
        )

    def stop(self, login: str) -> Stopped | NotFound | NoAnswer:
        """Stop a login of the office's people, at once; for its admin."""
        said = self._call("staff_stop", login)
        if isinstance(said, (Unreachable, NotAllowed)):
            return said
        return Stopped() if said["outcome"] == "done" else NotFound()

    # ------------------------------------------------------------ the call

    def _call(self, function: str, *values: Any) -> Any:
        """Return the centre's answer, or NoAnswer."""
        from psycopg.types.json import Jsonb  # noqa: PLC0415 (beside the driver's slow import)

        marks = ", ".join(["%s"] * len(values))
        given = tuple(Jsonb(one.value) if isinstance(one, _Json) else one for one in values)
        asked = f"SELECT desk_api.{function}({marks})"
        try:
            return self._ask(asked, given)
        except DBAPIError as error:
            if function not in _READS or not error.connection_invalidated:
                return _no_answer(error)
        # The kept connection was dead, as after a restart of the server.
        try:
            return self._ask(asked, given)
        except DBAPIError as error:
            return _no_answer(error)

    def _ask(self, asked: str, given: tuple[Any, ...]) -> Any:
        with self._engine.connect() as connection:
            return connection.exec_driver_sql(asked, given).scalar_one()


@dataclass(frozen=True, slots=True)
class _Json:
    value: Mapping[str, str]


def _no_answer(error: DBAPIError) -> NoAnswer:
    state = getattr(error.orig, "sqlstate", None)
    if state in _NOT_ALLOWED or (state is None and refuses_login(str(error.orig))):
        return NotAllowed()
    # 57: shut down or timed out; 08: the line; 55: somebody else is at it; 40: so it was undone.
    if error.connection_invalidated or state is None or state[:2] in {"08", "40", "53", "55", "57"}:
        return Unreachable()
    raise error


def _refusal(said: Mapping[str, Any]) -> NotFound | NotPossible | ReasonMissing:
    match said["outcome"]:
        case "not_possible":
            return NotPossible()
        case "reason_missing":
            return ReasonMissing()
    return NotFound()


def _match(one: Mapping[str, Any]) -> Match:
    first, second = sorted(map(_side, one["sides"]), key=lambda side: not side.own)
    return Match(
        str(one["id"]), MatchBecause(one["because"]), _at(one["found_at"]), (first, second)
    )


def _side(one: Mapping[str, Any]) -> MatchSide:
    return MatchSide(**{**one, "registered_at": _at(one["registered_at"])})


def _conflict(one: Mapping[str, Any]) -> CentreConflict:
    differing = {
        column: (str(there), str(here)) for column, (there, here) in one["differing"].items()
    }
    return CentreConflict(
        str(one["id"]),
        one["registration_id"],
        one["number"],
        _at(one["found_at"]),
        differing,
    )


def _line(one: Mapping[str, Any]) -> FoundThere:
    return FoundThere(**{**one, "registered_at": _at(one["registered_at"])})


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
