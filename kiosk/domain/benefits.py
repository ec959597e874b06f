"""What the programmes pay out, in whole rupiah; the conditions stand beside every sum."""

from dataclasses import dataclass

from kiosk.domain.located_json import Record, read_json, version_of


@dataclass(frozen=True, slots=True)
class Benefits:
    """The benefits a resident is told about (PP 44/2015, PP 82/2019, Permenaker 1/2025).

    `base` is the base of the contribution bracket, which all multiples are counted from.
    """

    version: str
    jkk_income_full_months: int
    """While unable to work, the whole income is replaced for so many months,"""
    jkk_income_later_percent: int
    """and after them this share of it, until recovery."""
    jkk_death_times_base: int
    jkk_death_periodic: int
    jkk_death_funeral: int
    jkk_disability_times_base: int
    jkk_home_care_max: int
    jkk_home_care_months: int
    jkm_total: int
    """Only after `jkm_waiting_months` paid in a row; before that `jkm_before_waiting`."""
    jkm_waiting_months: int
    jkm_before_waiting: int
    scholarship_max: int
    scholarship_children: int
    scholarship_child_age_exclusive: int
    """Until this age, unmarried and not working."""
    scholarship_jkm_years: int
    """Years paid before a death that is no work accident brings the scholarship."""
    jht_payout_age: int

    def jkk_death(self, base: int) -> int:
        """What the family receives after a fatal work accident, without scholarships."""
        lump_sum = self.jkk_death_times_base * base
        return lump_sum + self.jkk_death_periodic + self.jkk_death_funeral

    def jkk_total_disability(self, base: int) -> int:
        """What a work accident with total permanent disability pays at least."""
        return self.jkk_disability_times_base * base


def parse_benefits(text: str, file: str) -> Benefits:
    """Read benefits.json; raises DataFailure naming the line, also where a sum is not right."""
    root = read_json(text, file)
    jkk, jkm, scholarship = root.record("jkk"), root.record("jkm"), root.record("scholarship")
    income, death, care = jkk.record("income"), jkk.record("death"), jkk.record("home_care")
    waiting = jkm.record("waiting")
    _check_jkm(jkm.record("death"))
    _check_scholarship(scholarship)
    benefits = Benefits(
        version=version_of(root, text),
        jkk_income_full_months=income.whole("full_months"),
        jkk_income_later_percent=income.whole("later_percent"),
        jkk_death_times_base=death.whole("times_base"),
        jkk_death_periodic=death.whole("periodic"),
        jkk_death_funeral=death.whole("funeral"),
        jkk_disability_times_base=jkk.record("total_disability").whole("times_base"),
        jkk_home_care_max=care.whole("max"),
        jkk_home_care_months=care.whole("months"),
        jkm_total=jkm.record("death").whole("total"),
        jkm_waiting_months=waiting.whole("months"),
        jkm_before_waiting=waiting.whole("before"),
        scholarship_max=scholarship.whole("max"),
        scholarship_children=scholarship.whole("children"),
        scholarship_child_age_exclusive=scholarship.whole("child_age_exclusive"),
        scholarship_jkm_years=scholarship.whole("jkm_years"),
        jht_payout_age=root.record("jht").whole("payout_age"),
    )
    if benefits.jkk_death(death.whole("example_base")) != death.whole("example_total"):
        raise death.refuse("the example total is not what this object adds up to")
    return benefits


def _check_jkm(death: Record) -> None:
    parts = ("lump_sum", "periodic", "funeral")
    if sum(death.whole(part) for part in parts) != death.whole("total"):
        raise death.refuse(f"the total is not {' + '.join(parts)}")


def _check_scholarship(scholarship: Record) -> None:
    steps = scholarship.records("steps")
    one_child = sum(step.whole("per_year") * step.whole("years") for step in steps)
    if one_child * scholarship.whole("children") != scholarship.whole("max"):
        raise scholarship.refuse("the max is not what the steps add up to for all children")
