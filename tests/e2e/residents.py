"""Residents who do not exist, as the keys they tap on each screen before they press on."""

from collections.abc import Mapping

Resident = Mapping[str, tuple[str, ...]]

NIK = "3604095708850007"
"""A woman born on 17 August 1985, KTP from Ciruas."""
NAME = "SITI AMINAH"
PHONE = "081234567890"
EMAIL = "siti.a@gmail.com"
BIRTHPLACE = "SUKAMULYA ILIR"
MOTHER = "ROHANI SARAH"
SPOKEN_PHONE = "0812 3456 7890"
CITEREP = "desa-36.04.09.2002"
DECLARATIONS = ("tick-data_true", "tick-working_and_fit", "tick-send_to_bpjs")

_NAMED_LETTERS = {" ": "Space", ".": "Stop", "'": "Apostrophe"}


def digits(text: str) -> tuple[str, ...]:
    """The keys of the number pad."""
    return tuple(f"pad{digit}" for digit in text)


def letters(text: str) -> tuple[str, ...]:
    """The keys of the letter board."""
    return tuple(f"letter{_NAMED_LETTERS.get(letter, letter)}" for letter in text)


def email_keys(text: str) -> tuple[str, ...]:
    """The keys of the e-mail board; the end "@gmail.com" has one of its own."""
    begin, gmail, _ = text.partition("@gmail.com")
    keys = [f"email{'At' if letter == '@' else letter}" for letter in begin]
    return (*keys, "emailGmail") if gmail else tuple(keys)


def nik_born(day_month_year: str) -> str:
    """The NIK of a man from Ciruas born on DDMMYY."""
    return f"360409{day_month_year}0011"


TRADER: Resident = {
    "consent": (),
    "work": ("work-dagang",),
    "job": ("job-pedagang_pasar",),
    "nik": digits(NIK),
    "name": letters(NAME),
    "address": (CITEREP,),
    "phone": ("phone-own", *digits(PHONE)),
    "place": ("place-near_home",),
    "income": ("income-day", *digits("40000")),
    "programme": ("programme-JKK+JKM",),
    "months": ("months-3",),
    "review": DECLARATIONS,
}
OJEK: Resident = {
    **TRADER,
    "work": ("work-transport",),
    "job": ("job-ojek_pangkalan",),
    "nik": digits(nik_born("150390")),
    "name": letters("DEDI M. NU'MAN"),
    "phone": ("phone-family", *digits("0878111222")),
    "income": ("income-week", *digits("300"), "pad000"),
    "months": ("months-6",),
}
EMPLOYER: Resident = {
    **TRADER,
    "work": ("work-umkm",),
    "job": ("job-perajin",),
    "question": ("question-yes",),
    "programme": ("programme-JKK+JKM+JHT",),
}
CASUAL: Resident = {
    **TRADER,
    "work": ("work-harian",),
    "job": ("job-kuli_angkut",),
    "question": ("question-no",),
    "nik": digits(nik_born("201275")),
    "name": letters("A"),
    "phone": ("phone-none",),
    "income": ("income-month", *digits("2500"), "pad000"),
    "months": ("months-1",),
}
BRIEF: Resident = {
    **TRADER,
    "name": letters("SITI NUR AMINAH DEWI"),
    "phone": ("phone-none",),
    "income": ("income-month", "pad2", "pad000", "pad000"),
    "months": ("months-1",),
}
"""A name of 20 letters, and on every screen the least that is enough."""
NEIGHBOUR: Resident = {
    **TRADER,
    "address": ("lives-other_kecamatan",),
    "kecamatan": ("kecamatan-36.04.14",),
    "desa": ("otherdesa-36.04.14.2002",),
}
STRANGER: Resident = {
    **TRADER,
    "address": ("lives-elsewhere",),
    "elsewhere": (
        *letters("KP. BARU RT "),
        "letterOrder",
        *letters("01/02"),
        "letterOrder",
        *letters(" LEBAK"),
        "elsewherePostcode",
        *digits("42391"),
    ),
}
CORRECTED: Resident = {
    **TRADER,
    "name": (*letters(NAME), "changeBirthDate", *digits("16081985")),
}
BUSY: Resident = {
    **TRADER,
    "phone": (*TRADER["phone"], "addEmail"),
    "email": email_keys(EMAIL),
    "place": ("place-moving", "addJob"),
    "second_work": ("secondwork-konstruksi",),
    "second_job": ("secondjob-tukang_cat",),
}
"""With all that can be added: an e-mail and a second job."""
QUESTIONED: Resident = {**BUSY, "birthplace": letters(BIRTHPLACE), "mother": letters(MOTHER)}
"""At an office that asks all that can be switched on."""
OLDEST: Resident = {**TRADER, "nik": digits(nik_born("231161"))}
"""65 years old tomorrow."""
YOUNGEST: Resident = {**TRADER, "nik": digits(nik_born("221109"))}
"""17 years old today."""
