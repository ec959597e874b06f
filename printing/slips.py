"""From a registration to its finished slip: content, seal and page; and reminders."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from kiosk.clock import local
from kiosk.domain.answers import Facts
from kiosk.domain.benefits import Benefits
from kiosk.domain.months import Month
from kiosk.domain.nik import mask_nik
from kiosk.domain.payment import Payment
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.registration import Registration
from kiosk.domain.requote import quotes_in
from kiosk.domain.rights import Request, RequestState
from kiosk.domain.seal import Seal, base32, join, name_digest, seal_text
from kiosk.domain.slip import CopyContent, ProofContent, Reminder, ReminderContent, SlipContent
from kiosk.domain.slip_layouts import SlipLayouts
from kiosk.domain.tariff import Quote
from kiosk.domain.texts import ORIGINAL, Texts
from kiosk.keys import KioskKeys
from kiosk.settings import PaperName, Settings
from printing.layouts import layouts_of
from printing.papers import PAPERS

if TYPE_CHECKING:
    from printing.forms import Stock

SALT_BYTES = 5


@dataclass(frozen=True, slots=True)
class Slips:
    """Makes the slips of one kiosk, signed with its key; `texts` by the code of the language.

    Pages are made in the form that the printer of the settings takes, see printing.forms: PDF, or
    what an ESC/POS printer understands.

    `facts` tell the month, and the tariff for a slip that is printed later than it was quoted.
    `practice`: nobody here exists; what has no number of the practice on it says so by this.
    """

    settings: Settings
    texts: Mapping[str, Texts]
    benefits: Benefits
    payment: Payment
    keys: KioskKeys
    facts: Facts
    practice: bool = False
    layouts: SlipLayouts | None = None
    """None: the blocks of a slip stand as shipped."""

    def render(self, registration: Registration, copy: int) -> bytes:
        """Return the slip, both codes read back; `copy` 0 is the original.

        Raises MissingGlyph, SlipTooLong or SlipUnreadable, see printing.slip_page.render_slip.
        """
        content = self.content(registration, copy)
        return self._slip(content, self._texts(registration.application.language))

    def render_sample(self, language: str) -> bytes:
        """Return the test slip: the fullest slip, of nobody, which says CONTOH.

        Raises as render() does.
        """
        from printing.samples import TEST_SLIP, sample_slip  # noqa: PLC0415 (as above)

        texts = self._texts(language)
        content = sample_slip(TEST_SLIP, self.settings, self.benefits, self.facts, texts.language)
        return self._slip(content, texts)

    def _slip(self, content: SlipContent, texts: Texts) -> bytes:
        from printing.slip_page import render_slip  # noqa: PLC0415 (ReportLab would delay the start)

        indonesian, layouts = self.texts[ORIGINAL], layouts_of(self.settings, self.layouts)
        return self._make(lambda paper: render_slip(content, texts, indonesian, paper, layouts))

    def content(self, registration: Registration, copy: int) -> SlipContent:
        """Return what stands on the slip, the amounts for payment this month and next."""
        applied = registration.application
        facts = self.facts
        this_month, next_month = quotes_in(applied, Month.of(facts.today), facts.tariff, facts.work)
        return SlipContent(
            **on_every_page(self.settings, self.benefits),
            number=registration.number,
            name=applied.resident.name,
            masked_nik=mask_nik(applied.resident.nik),
            this_month=this_month,
            next_month=next_month,
            registered_at=local(registration.registered_at),
            copy=copy,
            printed_on=facts.today,
            qr_text=self._qr_text(registration, this_month, copy),
            language=self._texts(applied.language).language,
        )

    def render_reminder(self, reminder: Reminder) -> bytes:
        """Return a reminder.

        Raises MissingGlyph or SlipTooLong, see printing.reminder_page.render_reminder.
        """
        from printing.reminder_page import render_reminder  # noqa: PLC0415 (as above)

        texts = self._texts(reminder.language)
        content = ReminderContent(
            **on_every_page(self.settings, self.benefits),
            this_month=reminder.this_month,
            next_month=reminder.next_month,
            language=texts.language,
            payment=self.payment,
            printed_at=local(reminder.asked_at),
            practice=self.practice,
        )
        return self._make(partial(render_reminder, content, texts, self.texts[ORIGINAL]))

    def render_proof(self, request: Request, now: datetime) -> bytes:
        """Return the proof of a request that was carried out; ValueError for any other.

        Raises MissingGlyph or SlipTooLong, see printing.proof_page.render_proof.
        """
        from printing.proof_page import render_proof  # noqa: PLC0415 (as above)

        if request.state is not RequestState.DONE or request.closed_at is None:
            raise ValueError("what was not done cannot be proven")
        texts = self._texts(request.language)
        content = ProofContent(
            **self._about_rights(texts, now),
            right=request.right,
            number=request.number,
            asked_at=local(request.asked_at),
            due_at=local(request.due_at),
            done_at=local(request.closed_at),
            done_by=request.closed_by,
            batch=request.batch,
        )
        return self._make(partial(render_proof, content, texts, self.texts[ORIGINAL]))

    def render_copy(self, copy: PersonalCopy, paper: PaperName | None = None) -> bytes:
        """Return everything kept about a person for this kiosk's printer, or as PDF on `paper`.

        Raises MissingGlyph or SlipTooLong, see printing.copy_page.render_copy.
        """
        from printing.copy_page import render_copy  # noqa: PLC0415 (as above)

        texts = self._texts(copy.language)
        content = CopyContent(**self._about_rights(texts, copy.made_at), copy=copy)
        if paper is not None:
            return render_copy(content, texts, PAPERS[paper])
        return self._make(partial(render_copy, content, texts))

    def _make(self, render: "Callable[[Stock], bytes]") -> bytes:
        from printing.forms import make_page  # noqa: PLC0415 (as above)

        return make_page(self.settings, render)

    def _about_rights(self, texts: Texts, now: datetime) -> dict[str, Any]:
        return _office(self.settings) | {
            "controller_name": self.settings.controller_name,
            "controller_contact": self.settings.controller_contact,
            "printed_at": local(now),
            "language": texts.language,
        }

    def _texts(self, language: str) -> Texts:
        return self.texts.get(language, self.texts[ORIGINAL])

    def _qr_text(self, registration: Registration, printed: Quote, copy: int) -> str:
        applied = registration.application
        salt = base32(secrets.token_bytes(SALT_BYTES))
        signed = seal_text(
            Seal(
                number=registration.number,
                registered_on=local(registration.registered_at).date(),
                kiosk_number=registration.kiosk_number,
                copy=copy,
                package=applied.package,
                months=len(printed.months),
                total=printed.total,
                salt=salt,
                name_digest=name_digest(applied.resident.name, salt),
                key_id=self.keys.key_id,
            )
        )
        return join(signed, self.keys.sign(signed.encode("ascii")))


def on_every_page(settings: Settings, benefits: Benefits) -> dict[str, Any]:
    """Return what every page about a contribution says, but for the quotes and the language."""
    return _office(settings) | {
        "jkm_total": benefits.jkm_total,
        "jkm_before_waiting": benefits.jkm_before_waiting,
        "jkm_waiting_months": benefits.jkm_waiting_months,
    }


def _office(settings: Settings) -> dict[str, Any]:
    return {
        "office": settings.office,
        "kabupaten": settings.kabupaten,
        "kiosk_name": settings.kiosk_name,
        "help_number": settings.help_number,
    }
