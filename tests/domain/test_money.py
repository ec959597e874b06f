"""Whole rupiah."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import format_rupiah, percent_of


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "Rp0"), (800, "Rp800"), (16800, "Rp16.800"), (174000000, "Rp174.000.000")],
)
def test_amounts_are_written_the_indonesian_way(amount: int, text: str) -> None:
    assert format_rupiah(amount) == text


@given(st.integers(0, 10**12))
def test_the_digits_of_an_amount_survive(amount: int) -> None:
    assert int(format_rupiah(amount).removeprefix("Rp").replace(".", "")) == amount


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        format_rupiah(-1)


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_a_share_is_exact_or_refused(amount: int, percent: int) -> None:
    if amount * percent % 100:
        with pytest.raises(ValueError, match="whole rupiah"):
            percent_of(amount, percent)
    else:
        assert percent_of(amount, percent) * 100 == amount * percent
