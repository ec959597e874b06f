"""No abbreviation stands in an Indonesian text before it is explained, and none speaks like a form.

The plain name comes first, the abbreviation after it.
"""

import re
from itertools import chain

import pytest
from samples import load_texts

STAFF = (
    *("desk", "setting", "first_start", "readiness", "join", "sync_status", "report"),
    *("central", "centre", "console", "fleet", "parts"),
)
SENTENCES = {key: text for key, text in load_texts().sentences.items() if not key.startswith(STAFF)}
"""What residents read; staff and admins know the terms."""
ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,}|HP|Kec|Kab)\b")

EVERYDAY = {"BPJS", "KTP", "HP", "SMS", "RT", "RW", "WNI", "TK", "SD", "SMP", "SMA", "ABC", "PIN"}
"""Said at every counter and in every family by these letters; spelled out fewer would know them."""

IN_CAPITALS = {
    "BELUM",
    "DILINDUNGI",
    "BUTUH",
    "BANTUAN",
    "SLIP",
    "PENDAFTARAN",
    "SALINAN",
    "KE",
    "CONTOH",
}
"""Words of the one status, of the sign for the staff and of the head of the slip."""

PLAIN_NAMES = {
    "BPU": ("pekerja mandiri", "Bukan Penerima Upah"),
    "NIK": ("Nomor KTP", "16 angka di bagian atas KTP"),
    "JKK": ("Celaka kerja",),
    "JKM": ("kematian",),
    "JHT": ("tabungan hari tua",),
    "KPJ": ("nomor peserta",),
}

EXPLAINED_AT: dict[str, list[tuple[str, ...]]] = {
    "BPU": [("common.kiosk_for",), ("slip.subtitle",)],
    "NIK": [
        *(("consent.what",), ("nik.lead",), ("pay.bring",), ("renew.again",)),
        *(("proof.no_slip_lead",), ("proof.resume_lead",), ("personal_copy.keep",)),
    ],
    "JKK": [("programme.basic", "programme.basic_code"), ("slip.jkk_jkm",)],
    "JKM": [("programme.basic", "programme.basic_code"), ("slip.jkk_jkm",)],
    "JHT": [("programme.savings", "programme.savings_code"), ("slip.jkk_jkm_jht",)],
    "KPJ": [("done.not_kpj",), ("slip.not_a_card",), ("personal_copy.kpj",)],
}
"""The texts that stand together on a screen, or on the slip, and explain an abbreviation there."""

WAY = (
    *("idle", "common", "menu", "consent", "work", "job", "question", "nik", "name", "address"),
    *("kecamatan", "desa", "elsewhere", "phone", "income", "programme", "months", "review", "done"),
    *("already", "slip"),
)
"""What one sees one after the other. Whatever stands beside this way must explain for itself what
idle and menu do not; the slip explains again what the family reads at home."""
SEEN_BY_ALL = ("idle", "common", "menu")


def table(key: str) -> str:
    return key.partition(".")[0]


def seen_before(screen: str) -> tuple[str, ...]:
    """The screens that everybody has seen who reads this one."""
    return WAY[: WAY.index(screen) + 1] if screen in WAY else (*SEEN_BY_ALL, screen)


def abbreviations() -> list[tuple[str, str]]:
    """Each key and each abbreviation in its sentence."""
    return [
        (key, term)
        for key, text in SENTENCES.items()
        for term in ABBREVIATION.findall(text)
        if term not in EVERYDAY | IN_CAPITALS | {"Kec", "Kab"}
    ]


def test_every_abbreviation_is_one_that_we_explain() -> None:
    assert {(key, term) for key, term in abbreviations() if term not in EXPLAINED_AT} == set()


def test_every_abbreviation_is_explained_by_the_time_it_is_read() -> None:
    unexplained = {
        (key, term)
        for key, term in abbreviations()
        if term in EXPLAINED_AT
        and not {table(texts[0]) for texts in EXPLAINED_AT[term]} & {*seen_before(table(key))}
    }
    assert unexplained == set()


@pytest.mark.parametrize("term", EXPLAINED_AT)
def test_the_plain_name_comes_first(term: str) -> None:
    for texts in EXPLAINED_AT[term]:
        said = " ".join(SENTENCES[key] for key in texts)
        names = [said.lower().find(name.lower()) for name in PLAIN_NAMES[term]]
        first = min(place for place in names if place >= 0)
        assert texts[0] in {"slip.subtitle", "nik.lead"} or first < said.index(term), said


def test_laws_and_regulations_are_called_so() -> None:
    for key, text in SENTENCES.items():
        assert not re.search(r"\b(?:UU|PP|Permenaker)\b", text), key
        assert "{regulation}" not in text or "peraturan {regulation}" in text, key


STIFF = {
    "bila": "kalau",
    "apabila": "kalau",
    "jika": "kalau",
    "silahkan": "silakan",
    "telah": "sudah",
    "tersebut": "itu",
    "dikarenakan": "karena",
    "guna": "untuk",
    "hanya": "saja",
}


@pytest.mark.parametrize("word", STIFF)
def test_the_texts_are_spoken_not_written(word: str) -> None:
    every_word = chain.from_iterable(
        ((key, said) for said in re.findall(r"\w+", text.lower()))
        for key, text in SENTENCES.items()
    )
    assert [key for key, said in every_word if said == word] == [], f"say {STIFF[word]}"
