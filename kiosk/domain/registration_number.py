"""The number of a registration: twelve digits that neither a typing slip nor a KPJ can imitate.

Kiosk number (5), counter (6), check digit (1). The check digit is H. Michael Damm's ("Total
anti-symmetrische Quasigruppen", Marburg 2004): it catches every wrong digit and every swap of
neighbours. A KPJ has 11 digits, a NIK 16. No number starts with 99, which the barcode library
drops without a word.
"""

import re

PROVISIONAL_KIOSK_NUMBERS = range(90000, 99000)
"""For a kiosk that the centre has not enrolled yet."""

PRACTICE_KIOSK_NUMBER = "00000"
"""Of a store to practise in; no kiosk is ever given it, so that a number alone tells."""

COUNTER_MAX = 999_999
NUMBER_DIGITS = 12
KIOSK_DIGITS = 5
_KIOSK_NUMBER = re.compile(r"(?!99)[0-9]{5}")
_NUMBER = re.compile(r"(?!99)[0-9]{12}")
_SEPARATORS = re.compile(r"[\s.\-]")
QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def make_number(kiosk_number: str, counter: int) -> str:
    """Return the registration number of a kiosk's `counter`-th registration.

    Raises ValueError unless `kiosk_number` is five digits, not starting with 99, and `counter`
    lies in 0..999999.
    """
    if not _KIOSK_NUMBER.fullmatch(kiosk_number):
        raise ValueError("a kiosk number is five digits and does not start with 99")
    if not 0 <= counter <= COUNTER_MAX:
        raise ValueError(f"the counter of a kiosk runs from 0 to {COUNTER_MAX}")
    digits = f"{kiosk_number}{counter:06}"
    return f"{digits}{_fold(digits)}"


def is_valid_number(text: str) -> bool:
    """Tell whether `text` is a registration number: twelve bare digits, the last one fitting."""
    return bool(_NUMBER.fullmatch(text)) and _fold(text) == 0


def counter_of(number: str) -> tuple[str, int]:
    """Return the kiosk number and the counter that make up a registration number."""
    return number[:KIOSK_DIGITS], int(number[KIOSK_DIGITS:-1])


def is_practice_number(number: str) -> bool:
    """Tell whether a registration number comes from practising: nobody has it."""
    return number.startswith(PRACTICE_KIOSK_NUMBER)


def clean_number(text: str) -> str:
    """Return `text` without white space, dots and hyphens."""
    return _SEPARATORS.sub("", text)


def group_number(number: str) -> str:
    """Return the number in groups of four, as printed and read aloud: "1091 7000 4218"."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _fold(digits: str) -> int:
    """The check digit of `digits`; 0 when the last of them is their check digit."""
    state = 0
    for digit in digits:
        state = QUASIGROUP[state][int(digit)]
    return state
