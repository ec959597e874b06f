"""What the desk's search looks for: the words of a name, and digits from either end."""

import unicodedata
from dataclasses import dataclass

from kiosk.domain.person import clean_phone
from kiosk.domain.registration_number import clean_number

QUERY_MAX_LENGTH = 80
WORDS_MAX = 6
_DIGITS = "0123456789"
_COUNTRY = ("+62", "62")
_APOSTROPHES = "'`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"


@dataclass(frozen=True, slots=True)
class NameQuery:
    """Beginnings of words of a name, every one of which must be found."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DigitQuery:
    """The first or last digits of a number, a NIK or a telephone.

    `phone` is the same as a telephone is kept: 0 for +62.
    """

    digits: str
    phone: str


def fold_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: ASCII, no case, no accents.

    An apostrophe joins ("MA'MUN" is found as mamun), any other mark parts.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    joined = "".join(
        char for char in plain if char not in _APOSTROPHES and not unicodedata.combining(char)
    )
    return tuple("".join(char if char.isalnum() else " " for char in joined).split())


def read_query(text: str) -> NameQuery | DigitQuery | None:
    """Tell what is looked for; None for nothing.

    Text with a letter in it is a name, and its digits are not looked for: no name has any.
    """
    typed = text[:QUERY_MAX_LENGTH]
    words = fold_words("".join(char for char in typed if char not in _DIGITS))
    if words:
        return NameQuery(words[:WORDS_MAX])
    digits = "".join(char for char in clean_number(typed) if char in _DIGITS)
    if not digits:
        return None
    is_phone = typed.strip().startswith(_COUNTRY)
    return DigitQuery(digits, clean_phone(digits) if is_phone else digits)
