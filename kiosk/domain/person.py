"""What a resident types about themselves: name, telephone, birth date, in the form we keep."""

import re
import unicodedata
from datetime import date

NAME_MAX_LENGTH = 60
PHONE_MIN_DIGITS = 10
PHONE_MAX_DIGITS = 13
EMAIL_MAX_LENGTH = 80
_NAME_PUNCTUATION = ".'-,"
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LATIN = (" ", "ž")


def clean_name(text: str) -> str:
    """Return `text` as printed on a KTP: NFC, capitals, single spaces, at most 60 characters.

    Characters that no name has (digits, emoji, direction marks) are dropped.
    """
    composed = unicodedata.normalize("NFC", text).upper()
    kept = "".join(char for char in composed if _may_stand_in_name(char))
    return " ".join(kept.split())[:NAME_MAX_LENGTH].rstrip()


def _may_stand_in_name(char: str) -> bool:
    return char.isalpha() or char.isspace() or char in _NAME_PUNCTUATION


def clean_line(text: str) -> str:
    """Return `text` as one line: NFC, single spaces, no line breaks and no direction marks."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(char for char in composed if char.isprintable() or char.isspace())
    return " ".join(kept.split())


def unprintable_letter(line: str) -> str:
    """Return the first letter of a cleaned name or line that no slip can show; "" if it can.

    Every typeface of the slip has the Latin letters, figures and signs up to the end of Unicode's
    Latin Extended-A.
    """
    first, last = _LATIN
    return next((char for char in line if not first <= char <= last), "")


def clean_email(text: str) -> str:
    """Return an e-mail address in lower case, as one line."""
    return clean_line(text).lower()


def is_email(email: str) -> bool:
    """Tell whether a cleaned text can be an address: one @, a dot after it, no spaces, ASCII."""
    return email.isascii() and _EMAIL.fullmatch(email) is not None


def clean_phone(text: str) -> str:
    """Return only the digits of a telephone number, +62, 62 or +62 (0) in front turned into 0."""
    digits = "".join(char for char in text if char in "0123456789")
    if digits.startswith("62"):
        return "0" + digits[2:].lstrip("0")
    return digits


def is_mobile_phone(phone: str) -> bool:
    """Tell whether a cleaned number can be an Indonesian mobile number (08..., 10-13 digits)."""
    return phone.startswith("08") and PHONE_MIN_DIGITS <= len(phone) <= PHONE_MAX_DIGITS


def group_phone(phone: str) -> str:
    """Return the number in groups of four for reading aloud: "0812 3456 7890"."""
    return " ".join(phone[start : start + 4] for start in range(0, len(phone), 4))


def read_birth_date(digits: str) -> date | None:
    """Read eight digits DDMMYYYY as typed on the pad; None while incomplete or impossible."""
    if len(digits) != 8 or not digits.isdecimal():
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
