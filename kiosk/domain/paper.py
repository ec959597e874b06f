"""How much paper a printer has left, counted in pages: many printers cannot tell."""

from dataclasses import dataclass, replace
from datetime import datetime

LOW_AT = 20
"""Fewer pages than this: somebody should put paper in before the next rush."""
_REMEMBERED = 5


@dataclass(frozen=True, slots=True)
class PaperCount:
    """`used` pages were handed to the printer `since` it was refilled (UTC, None: never noted).

    `lasted` says how many pages the last refills were good for, where the printer itself said that
    the paper was out; `ran_out` that it says so now.
    """

    used: int = 0
    since: datetime | None = None
    lasted: tuple[int, ...] = ()
    ran_out: bool = False

    def one_more(self) -> "PaperCount":
        """Count a page that was handed to the printer."""
        return replace(self, used=self.used + 1)

    def out(self) -> "PaperCount":
        """The printer says that the paper is out; from a whole refill it is learned how long one
        lasts."""
        if self.ran_out:
            return self
        whole = self.since is not None and self.used > 0
        lasted = (*self.lasted, self.used)[-_REMEMBERED:] if whole else self.lasted
        return replace(self, lasted=lasted, ran_out=True)

    def refilled(self, at: datetime) -> "PaperCount":
        """There is new paper, said by a person or by the printer."""
        return replace(self, used=0, since=at, ran_out=False)

    def left(self, pages_per_refill: int) -> int | None:
        """Return about how many pages are left, None where nobody can know.

        What was learned counts more than `pages_per_refill` (0: not set).
        """
        if self.ran_out:
            return 0
        whole = sum(self.lasted) // len(self.lasted) if self.lasted else pages_per_refill
        return max(0, whole - self.used) if whole and self.since is not None else None
