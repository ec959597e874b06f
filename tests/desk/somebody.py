"""Somebody who leaves something wherever the kiosk keeps anything."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from samples import ANSWERS, NOW, StillClock, nik_of

from kiosk.desk import actions
from kiosk.desk.lists import catch_up
from kiosk.desk.session import Desk
from kiosk.domain.invitation import Invited
from kiosk.domain.registration import PhoneOwner, Status
from kiosk.proof import PhoneProof, find_by_proof
from kiosk.registration import keep_draft

from .office import PAYMENT, bring_to, detail_of, enrol


def of_somebody(serial: int) -> dict[str, Any]:
    """What only the `serial`-th person has, each in a form that is found in raw bytes."""
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{serial:04}")
    return {
        "name": f"ZULAIKHA QODRI{letters}",
        "phone": f"08777000{serial:04}",
        "email": f"zulaikha{serial:04}@contoh.id",
    }


def leave_traces(desk: Desk, folder: Path, serial: int) -> list[bytes]:
    """Register somebody who leaves something in every table; returns what to look for."""
    first, later = of_somebody(serial), of_somebody(serial + 5000)
    store, clock = desk.store, desk.clock
    assert isinstance(clock, StillClock)
    phone = {"phone": first["phone"], "phone_owner": PhoneOwner.OWN, "wants_email": True}
    one = enrol(store, clock, serial, **(first | phone))
    with store.transaction() as record:
        record.handover.invite("Dinas X", [Invited(first["name"], nik_of(serial), "")], "a", NOW)
        record.handover.invite("Dinas Y", [Invited(later["name"], "", first["phone"])], "a", NOW)
        record.handover.match_invitations()
    catch_up(desk)
    answers = replace(detail_of(desk, one).answers, name=later["name"], email=later["email"])
    assert isinstance(actions.correct(desk, one, 1, answers, f"salah{serial}"), actions.Done)
    catch_up(desk)
    bring_to(folder, one, Status.ACCEPTED)
    payment = replace(PAYMENT, reference=f"TRX-{serial:06}")
    assert isinstance(actions.mark_paid(desk, one, payment), actions.PaidFor)
    draft = replace(ANSWERS, nik=nik_of(serial), **later)
    keep_draft(store, f"draft of {serial}", draft, clock)
    find_by_proof(store, PhoneProof(nik_of(serial), "9999"), clock)
    words = [nik_of(serial), *first.values(), *later.values(), payment.reference]
    words += [nik_of(serial)[::-1], first["phone"][::-1]]
    words.append(later["name"][-4:].lower())  # what FTS5 keeps of a word that begins like others
    return [word.encode() for word in (*words, f"salah{serial}")]
