"""Everything of consequence is in the audit, and nothing in it leads to a person."""

from dataclasses import replace
from pathlib import Path

from branch_lists import COLUMNS, previewed, write_csv
from probes import rows_at
from samples import ANSWERS, PHONE, StillClock, load_regions, load_work, nik_of
from sync.shipped import shipped_program

from kiosk import audit
from kiosk.accounts import (
    Created,
    Place,
    SignedIn,
    create_first_admin,
    recover_admin,
    sign_in,
    sign_out,
)
from kiosk.desk import (
    actions,
    copies,
    details,
    office_settings,
    own_parts,
    recap,
    rights,
    slips,
    staffing,
)
from kiosk.desk.entry import Entry, enter
from kiosk.desk.session import Desk
from kiosk.domain.configuration import Content
from kiosk.domain.print_job import CopyReason, PrintState
from kiosk.domain.recap import Recap
from kiosk.domain.registration import Status
from kiosk.domain.rights import Request, Right
from kiosk.domain.staff import Role
from kiosk.handover import answers as branch
from kiosk.handover import invitations
from kiosk.handover.batches import FileKind, export, hand_over
from kiosk.layers import Layers
from kiosk.own_content import Beneath
from kiosk.proof import NameProof, PhoneProof, SlipProof, find_by_proof, resume
from kiosk.registration import (
    HELP_BEGAN,
    HELP_ENDED,
    keep_draft,
    note_help,
    note_slip_came_out,
    reprint,
)
from kiosk.settings import Settings
from kiosk.storage.store import Store

from .office import PAYMENT, bring_to, desk_of, detail_of, enrol

STAFF = ("Pak Asep", "Ibu Nur", "Rina S.")
PINS = ("482915", "593026", "604137")
NAME, OTHER_NAME = "ZULAIKHA QODRIYAH", "ZULAIKHA QODRIYANTI"
EMAIL, REASON, REFERENCE, KPJ = "zulaikha@contoh.id", "NIK salah ketik", "TRX-7741", "22345678901"


class NoPapers:
    """Nothing was printed here."""

    def forget(self, number: str, jobs: object) -> bool:
        return True


def employ(store: Store, clock: StillClock) -> tuple[Desk, Desk]:
    """The kiosk's first admin, and a supervisor at work; every way an account can go."""
    made = create_first_admin(store, STAFF[0], PINS[0], clock)
    assert isinstance(made, Created)
    recover_admin(store, STAFF[0], PINS[0], clock)
    admin = desk_of(made.account, store, clock)
    people = [
        staffing.create(admin, name, role, pin)
        for name, role, pin in zip(STAFF[1:], (Role.SUPERVISOR, Role.CLERK), PINS[1:], strict=True)
    ]
    boss, clerk = (one.account for one in people if isinstance(one, Created))
    staffing.give_pin(admin, clerk.id, PINS[2])
    staffing.switch_off(admin, clerk.id)
    staffing.switch_on(admin, clerk.id)
    desk = desk_of(boss, store, clock)
    staffing.change_own_pin(desk, Place.DESK, PINS[1], "715248")
    staffing.leave(admin, Place.KIOSK, PINS[0], staffing.Leaving.DESKTOP)
    # What a resident may have typed at the sign-in of the staff.
    sign_in(store, NAME, nik_of(1)[:6], Place.KIOSK, clock)
    signed_in = sign_in(store, STAFF[1], "715248", Place.DESK, clock)
    assert isinstance(signed_in, SignedIn)
    sign_out(store, signed_in.account, Place.DESK, clock)
    return admin, desk


def visit(store: Store, clock: StillClock) -> str:
    """A resident at the kiosk: half given answers, help, a registration, proofs, a slip."""
    answers = replace(ANSWERS, nik=nik_of(1), name=NAME, email=EMAIL)
    keep_draft(store, "id 1", answers, clock)
    resume(store, PhoneProof(nik_of(1), "9999"), "", clock)
    resume(store, NameProof(nik_of(2), NAME), "", clock)
    resume(store, PhoneProof(nik_of(1), PHONE[-4:]), "", clock)
    note_help(store, HELP_BEGAN, "id 1", "clerk", clock)
    note_help(store, HELP_ENDED, "id 1", "clerk", clock)
    one = enrol(store, clock, 1, name=NAME, email=EMAIL, wants_email=True)
    find_by_proof(store, PhoneProof(nik_of(1), PHONE[-4:]), clock)
    with store.reading() as record:
        registration = record.find(one)
        assert registration is not None
    born = registration.application.resident.birth_date
    find_by_proof(store, SlipProof(registration.number, born.replace(year=1950)), clock)
    tell_no_more(store, one, clock)
    note_slip_came_out(store, one, 0, clock)
    reprint(store, one, clock)
    return one


def tell_no_more(store: Store, one: str, clock: StillClock) -> None:
    """The printer has the slip and says nothing of it."""
    with store.transaction() as record:
        slip = record.prints.latest(one)
        assert slip is not None
        record.prints.settle(slip.id, PrintState.UNCONFIRMED, "", clock.now())


def work_at_the_desk(desk: Desk, one: str, folder: Path, clock: StillClock) -> None:
    """Whatever the staff does with a registration, and a colleague's list and answer."""
    store, account = desk.store, desk.account
    details.see_nik(desk, one)
    answers = replace(detail_of(desk, one).answers, name=OTHER_NAME)
    assert isinstance(actions.correct(desk, one, 1, answers, REASON), actions.Done)
    slips.note_refill(desk)
    tell_no_more(store, one, clock)
    assert slips.confirm_out(desk, one, 1) == slips.SlipIsOut(1)
    assert actions.reprint(desk, one, CopyReason.OTHER, REASON) == actions.SlipOwed(2)
    actions.give_slip(desk, one)
    answers = replace(answers, nik=nik_of(7), name=OTHER_NAME)
    enter(desk, Entry("typed", answers, "2026-11-22.2", "id"))
    hand_over(store, account, clock)
    export(store, account, 1, FileKind.CSV, folder, columns=COLUMNS, work=load_work(), clock=clock)
    write_csv(folder / f"{NAME}.csv", [["NIK", "Hasil"], [nik_of(1), "Diterima"]])
    branch.apply(store, account, previewed(store, folder / f"{NAME}.csv", clock), clock)
    actions.mark_paid(desk, one, replace(PAYMENT, reference=REFERENCE))
    actions.renew(
        desk, one, replace(PAYMENT, reference=REFERENCE, first_month=PAYMENT.last_month.plus(1))
    )
    actions.record_kpj(desk, one, KPJ)
    actions.correct_kpj(desk, one, detail_of(desk, one).registration.revision, KPJ[::-1], REASON)
    write_csv(folder / "undangan.csv", [["Nama", "NIK", "Nomor HP"], [NAME, nik_of(8), PHONE]])
    listed = invitations.preview(
        store, folder / "undangan.csv", "DISKOUMPERINDAG", load_regions(), clock
    )
    assert isinstance(listed, invitations.Preview)
    invitations.invite(store, account, listed, clock)
    made = recap.recap(desk, desk.facts.today)
    assert isinstance(made, Recap)
    recap.note_printed(desk, made)


def ask_for_rights(desk: Desk, folder: Path, one: str, clock: StillClock) -> None:
    """Every right, called off and carried out."""
    copies.copy_of(desk, one)
    for right in (Right.COPY, Right.CORRECTION, Right.WITHDRAWAL, Right.ERASURE):
        asked = rights.record_request(desk, one, right)
        assert isinstance(asked, Request)
        rights.call_off(desk, asked.id)
        again = rights.record_request(desk, one, right)
        assert isinstance(again, Request)
        rights.carry_out(desk, again.id, NoPapers())
    for serial in (3, 4, 5):
        enrol(desk.store, clock, serial)
    bring_to(folder, "id 3", Status.HANDED_OVER)
    bring_to(folder, "id 4", Status.HANDED_OVER)
    actions.accept(desk, "id 3")
    actions.reject(desk, "id 4", REASON)
    actions.void(desk, "id 5", REASON)


def test_every_deed_is_in_the_audit_and_no_person(
    store: Store, store_folder: Path, clock: StillClock, tmp_path: Path
) -> None:
    admin, desk = employ(store, clock)
    changed = office_settings.change(admin, Layers(Settings()), "help_number", PHONE)
    assert isinstance(changed, office_settings.Saved)
    beneath = Beneath(shipped_program().data, shipped_program().languages)
    said = Content(texts={code: {"menu.title": NAME} for code in ("id", "en")})
    assert isinstance(own_parts.keep(admin, beneath, Content(), said), own_parts.Kept)
    one = visit(store, clock)
    work_at_the_desk(desk, one, tmp_path, clock)
    ask_for_rights(desk, store_folder, one, clock)
    audit.note(store, "store_restored", clock, backup=3)

    entries = rows_at(store_folder)["audit"]
    events = {row[2] for row in entries}
    assert events == {
        *("admin_set_up", "admin_recovered", "account_created", "pin_given", "pin_changed"),
        *("account_switched_off", "account_switched_on", "desktop_opened", "pin_refused"),
        *("signed_in", "signed_out", "draft_resumed", "proof_refused", "status_seen"),
        *("help_began", "help_ended", "registered", "reprinted", "nik_seen", "corrected"),
        *(
            "slip_given",
            "slip_seen",
            "paper_refilled",
            "handed_over",
            "exported",
            "accepted",
            "rejected",
            "paid",
            "renewed",
        ),
        *("member", "invited", "recap_printed", "data_copied", "void", "erased"),
        *(f"{right}_{end}" for right in Right for end in ("asked", "called_off", "done")),
        *("store_restored", "setting_changed"),
    }
    # But for the links, in which four digits in a row are found now and then.
    whole = "\n".join(str(row[:6]) for row in entries).lower()
    personal = (
        *(nik_of(serial) for serial in range(1, 9)),
        *(NAME, OTHER_NAME, "QODRI", PHONE, EMAIL, REASON, REFERENCE, KPJ, KPJ[::-1]),
        *(STAFF + PINS),
    )
    assert [said for said in personal if said.lower() in whole] == []
