"""Money is whole rupiah in an int, never a float."""


def format_rupiah(amount: int) -> str:
    """Return `amount` rupiah as printed in Indonesia: "Rp16.800". Raises ValueError if negative."""
    if amount < 0:
        raise ValueError("an amount is never negative")
    return "Rp" + f"{amount:,}".replace(",", ".")


def percent_of(amount: int, percent: int) -> int:
    """Return `percent` per cent of `amount` rupiah; raises ValueError unless it is whole rupiah."""
    rupiah, rest = divmod(amount * percent, 100)
    if rest:
        raise ValueError(f"{percent} % of {amount} is not whole rupiah")
    return rupiah
