"""People who do not exist, as many as wanted, named and numbered as those of a kabupaten are.

Names, places, birth dates and serials are as uneven as real ones: a few names are everybody's, a
birth date that nobody knew became 1 January, twins have neighbouring numbers and alike names. All
of it is drawn from one seed.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from samples import load_regions

from central.names import (
    MEN,
    MENS_ENDINGS,
    MENS_SECOND,
    STEMS,
    WOMEN,
    WOMENS_ENDINGS,
    WOMENS_SECOND,
)

_YOUNGEST = date(2009, 11, 1)
_AGES_DAYS = 48 * 365
_GENERATIONS = (1976, 1992)
_VAGUE_BEFORE = 1990
_VAGUE = ((1, 1), (12, 31), (7, 1))
_ELSEWHERE = ("3601", "3602", "3603", "3671", "3672", "3673", "3674", "3201", "3171", "1801")
_WORDS_OF_NAME = ((45, 45, 10), (20, 60, 20), (7, 58, 35))
"""Of a hundred names how many have one, two, three words, by generation."""


@dataclass(frozen=True, slots=True)
class Person:
    """As on the KTP."""

    nik: str
    name: str
    birth_date: date
    desa_code: str
    is_woman: bool


class _Words:
    """Words of names, a few of them far more frequent than the others."""

    def __init__(self, words: str, power: float, seed: int) -> None:
        self._words = words.split()
        random.Random(seed).shuffle(self._words)
        ranks = range(len(self._words))
        self._weights = tuple(accumulate((rank + 2) ** -power for rank in ranks))

    def draw(self, chance: random.Random) -> str:
        return chance.choices(self._words, cum_weights=self._weights)[0]


class _Names:
    """What people of one sex and generation are called."""

    def __init__(self, generation: int, *, women: bool) -> None:
        seed = generation * 2 + women
        self._words_of_name = _WORDS_OF_NAME[generation]
        self._first = _Words(WOMEN if women else MEN, 0.8, seed)
        self._second = _Words(WOMENS_SECOND if women else MENS_SECOND, 0.8, seed)
        self._stems = _Words(STEMS, 0.5, seed)
        self._endings = _Words(WOMENS_ENDINGS if women else MENS_ENDINGS, 0.5, seed)
        self._particles = ("SITI",) if women else ("MUHAMAD", "MUHAMMAD", "MOHAMAD", "M.", "AHMAD")

    def draw(self, chance: random.Random) -> str:
        """A name; one in four begins with Siti or Muhammad, and is a word longer for it."""
        words = [self._first_word(chance)]
        count = chance.choices((1, 2, 3), self._words_of_name)[0]
        words += [self._second.draw(chance) for _ in range(count - 1)]
        if chance.random() < 0.25:
            words = [chance.choice(self._particles), *words[: max(1, count - 1)]]
        return " ".join(words).upper()

    def _first_word(self, chance: random.Random) -> str:
        if chance.random() < 0.6:
            return self._first.draw(chance)
        return self._stems.draw(chance) + self._endings.draw(chance)


class Population:
    """An endless row of people; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._names = [
            [_Names(generation, women=women) for women in (False, True)]
            for generation in range(len(_WORDS_OF_NAME))
        ]
        self._desa = [desa.code for k in load_regions().kecamatan for desa in k.desa]
        self._kecamatan = [k.code.replace(".", "") for k in load_regions().kecamatan]
        self._sizes = tuple(accumulate(self._chance.lognormvariate(0, 0.5) for _ in self._desa))
        self._serials: dict[str, int] = defaultdict(int)

    def people(self, count: int) -> Iterator[Person]:
        """So many more people, twins one after the other."""
        while count > 0:
            desa = self._chance.choices(self._desa, cum_weights=self._sizes)[0]
            one = self._person(desa)
            yield one
            count -= 1
            if count > 0 and self._chance.random() < 0.006:
                yield self._twin(one)
                count -= 1

    def _person(self, desa: str) -> Person:
        is_woman = self._chance.random() < 0.45
        born = self._birth_date()
        names = self._names[sum(born.year >= year for year in _GENERATIONS)][is_woman]
        nik = self._nik(self._place(desa), self._date_of_nik(born), is_woman=is_woman)
        lives = desa if self._chance.random() < 0.97 else ""
        return Person(nik, names.draw(self._chance), born, lives, is_woman)

    def _twin(self, one: Person) -> Person:
        is_woman = one.is_woman if self._chance.random() < 0.65 else not one.is_woman
        nik = self._nik(one.nik[:6], one.birth_date, is_woman=is_woman)
        generation = sum(one.birth_date.year >= year for year in _GENERATIONS)
        name = self._names[generation][is_woman].draw(self._chance)
        if is_woman == one.is_woman and self._chance.random() < 0.5:
            name = self._alike(one.name, name)
        return replace(one, nik=nik, name=name, is_woman=is_woman)

    def _alike(self, name: str, other: str) -> str:
        """Twins' names: RINI and RINA, HASAN and HASIN, or all words but the last."""
        *others, last = name.split()
        others_last = other.rsplit(maxsplit=1)[-1]
        if others and others_last != last and self._chance.random() < 0.5:
            return " ".join((*others, others_last))
        at = max(last.rfind(vowel) for vowel in "AIUEO")
        swapped = "I" if last[at] == "A" else "A"
        return " ".join((*others, last[:at] + swapped + last[at + 1 :]))

    def _birth_date(self) -> date:
        born = _YOUNGEST - timedelta(days=self._chance.randrange(_AGES_DAYS))
        if born.year < _VAGUE_BEFORE and self._chance.random() < 0.08:
            month, day = self._chance.choices(_VAGUE, (5, 3, 2))[0]
            return born.replace(month=month, day=day)
        if born.year < _VAGUE_BEFORE and self._chance.random() < 0.12:
            return born.replace(day=self._chance.choice((5, 10, 12, 15, 17, 20, 25)))
        return born

    def _place(self, desa: str) -> str:
        """Where the NIK was issued: mostly the kecamatan one lives in."""
        drawn = self._chance.random()
        if drawn < 0.70:
            return desa[:8].replace(".", "")
        if drawn < 0.88:
            return self._chance.choice(self._kecamatan)
        return f"{self._chance.choice(_ELSEWHERE)}{self._chance.randrange(1, 30):02}"

    def _date_of_nik(self, born: date) -> date:
        """One in a hundred NIKs has another date than the KTP, for ever."""
        return born if self._chance.random() < 0.99 else self._birth_date()

    def _nik(self, place: str, born: date, *, is_woman: bool) -> str:
        key = f"{place}{born.day + 40 * is_woman:02}{born:%m%y}"
        # Who does not work or is insured already leaves gaps.
        while self._chance.random() < 0.3:
            self._serials[key] += 1
        self._serials[key] += 1
        return f"{key}{self._serials[key]:04}"


def as_rows(people: Sequence[Person]) -> Iterator[tuple[str, str, str, str]]:
    """NIK, name, birth date, desa, as a kiosk hands them in."""
    for person in people:
        yield person.nik, person.name, person.birth_date.isoformat(), person.desa_code
