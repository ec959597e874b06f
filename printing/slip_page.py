"""The slip as a PDF page for 80 mm rolls: what stands where, in printer dots."""

from datetime import date

from kiosk.domain.money import format_rupiah
from kiosk.domain.registration_number import group_number
from kiosk.domain.slip import MonthGroup, SlipContent, group_months
from kiosk.domain.tariff import Package, Quote, QuoteNote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import amount_words, date_words, month_words
from printing import fonts
from printing.readback import check_codes
from printing.sheet import GLUE, Sheet, Type

_PACKAGE_KEYS = {Package.JKK_JKM: "slip.jkk_jkm", Package.JKK_JKM_JHT: "slip.jkk_jkm_jht"}

_OFFICE = Type(fonts.BOLD, 36, 44, (32, 28))
_TITLE = Type(fonts.BOLD, 36, 44)
_DIGITS = Type(fonts.BOLD, 64, 72)
_STATUS = Type(fonts.BOLD, 54, 62, (52, 48, 42), lines=1)
_UNTIL = Type(fonts.REGULAR, 34, 44)
_FACT = Type(fonts.BOLD, 28, 36, (26, 25))
_HEADING = Type(fonts.BOLD, 34, 44)
_TOTAL = Type(fonts.BOLD, 50, 58)
_NEXT_TOTAL = Type(fonts.BOLD, 34, 44)
_BODY = Type(fonts.REGULAR, 28, 36)
_STRONG = Type(fonts.BOLD, 28, 36)
_SMALL = Type(fonts.REGULAR, 26, 33)
_SMALL_STRONG = Type(fonts.BOLD, 26, 33)


def render_slip(content: SlipContent, texts: Texts) -> bytes:
    """Return the slip as a one-page PDF, the same bytes for the same content.

    Raises MissingGlyph when a character cannot be shown, and SlipUnreadable when a code on the
    finished page does not read back as it must.
    """
    sheet = Sheet()
    _head(sheet, content, texts)
    _person(sheet, content, texts)
    _amounts(sheet, content, texts)
    _how_to_pay(sheet, content, texts)
    _foot(sheet, content, texts)
    pdf = sheet.to_pdf(title=content.number, language=content.language)
    check_codes(pdf, content.number, content.qr_text)
    return pdf


def _head(sheet: Sheet, content: SlipContent, texts: Texts) -> None:
    sheet.centred(content.office, _OFFICE)
    sheet.centred(content.kabupaten, _SMALL)
    sheet.rule(3)
    if content.copy:
        sheet.centred(texts.say("slip.copy", copy=content.copy), _STATUS)
        sheet.rule(3)
    sheet.centred(texts.say("slip.title"), _TITLE)
    sheet.centred(texts.say("slip.subtitle"), _SMALL)
    sheet.space(16)
    sheet.centred(texts.say("slip.number"), _SMALL)
    sheet.digits(group_number(content.number), _DIGITS, cell=42, gap=30)
    sheet.space(14)
    sheet.bars(content.number, height=104)
    sheet.space(22)
    sheet.framed(
        (texts.say("slip.unprotected"), _STATUS), (texts.say("slip.unprotected_until"), _UNTIL)
    )
    sheet.space(18)


def _person(sheet: Sheet, content: SlipContent, texts: Texts) -> None:
    facts = {
        "slip.name": content.name,
        "slip.nik": content.masked_nik,
        "slip.programme": texts.say(_PACKAGE_KEYS[content.this_month.package]),
    }
    for label, fact in facts.items():
        sheet.hanging(texts.say(label), _BODY, fact, _FACT, indent=150)
        sheet.space(3)
    sheet.rule(2)


def _amounts(sheet: Sheet, content: SlipContent, texts: Texts) -> None:
    quote = content.this_month
    _quote(sheet, quote, texts, _TOTAL)
    last_day = _day(quote.payment_month.last_day, texts)
    sheet.paragraph(texts.say("slip.valid_until", date=last_day), _SMALL)
    if quote.saving:
        reliefs = dict.fromkeys(amount.relief for amount in quote.months if amount.relief)
        normal = format_rupiah(quote.normal_total)
        relief = texts.say("slip.relief", normal=normal, relief=", ".join(reliefs))
        sheet.paragraph(relief, _SMALL)
    sheet.rule(2)
    next_month = month_words(content.next_month.payment_month, texts)
    sheet.paragraph(texts.say("slip.next_month", month=next_month), _STRONG)
    _quote(sheet, content.next_month, texts, _NEXT_TOTAL)
    sheet.rule(2)
    if QuoteNote.SECTOR_UNCLEAR in quote.notes:
        sheet.paragraph(texts.say("slip.sector_unclear"), _SMALL)
        sheet.space(4)
    sheet.paragraph(texts.say("slip.final_amount"), _SMALL)
    sheet.rule(3)


def _quote(sheet: Sheet, quote: Quote, texts: Texts, total_type: Type) -> None:
    for group in group_months(quote.months):
        amount = format_rupiah(group.pay)
        if group.count > 1:
            amount = texts.say("slip.each", count=group.count, amount=amount)
        sheet.pair(_period(group, texts), _BODY, amount, _BODY)
    sheet.rule(1)
    label = texts.say("slip.total", months=len(quote.months))
    sheet.pair(label, _HEADING, format_rupiah(quote.total), total_type)
    sheet.space(4)


def _how_to_pay(sheet: Sheet, content: SlipContent, texts: Texts) -> None:
    sheet.paragraph(texts.say("slip.how_to_pay"), _HEADING)
    sheet.space(4)
    steps = (
        texts.say("slip.step_data", office=content.office),
        texts.say("slip.step_where"),
        texts.say("slip.step_say"),
        texts.say("slip.step_keep"),
    )
    for number, step in enumerate(steps, start=1):
        sheet.hanging(f"{number}.", _STRONG, step, _BODY, indent=34)
        sheet.space(4)
    sheet.rule(2)
    sheet.paragraph(
        texts.say(
            "slip.jkm",
            total=amount_words(content.jkm_total, texts),
            months=content.jkm_waiting_months,
            before=amount_words(content.jkm_before_waiting, texts),
        ),
        _SMALL,
    )
    sheet.rule(2)


def _foot(sheet: Sheet, content: SlipContent, texts: Texts) -> None:
    help_key = "slip.help" if content.help_number else "slip.help_at_the_counter"
    help_line = texts.say(help_key, number=content.help_number)
    sheet.qr(content.qr_text, (texts.say("slip.seal"), help_line), _SMALL)
    sheet.rule(2, dashed=True)
    sheet.centred(texts.say("slip.not_a_card"), _SMALL_STRONG)
    moment = content.registered_at
    printed = texts.say(
        "slip.printed",
        date=_day(moment.date(), texts),
        hour=moment.hour,
        minute=moment.minute,
        kiosk=content.kiosk_name,
    )
    sheet.centred(printed, _SMALL)


def _day(day: date, texts: Texts) -> str:
    return date_words(day, texts).replace(" ", GLUE)


def _period(group: MonthGroup, texts: Texts) -> str:
    first, last = group.first, group.last
    if first == last:
        return month_words(first, texts)
    names = {
        "first": texts.say(f"month_name.{first.month}"),
        "last": texts.say(f"month_name.{last.month}"),
    }
    if first.year == last.year:
        return texts.say("slip.same_year", **names, year=first.year)
    return texts.say("slip.two_years", **names, first_year=first.year, last_year=last.year)
