"""1,000 people register and get their slips through a CUPS; then the disk is searched for them.

python -m pytest -q -s tests/chaos/long_theft.py
"""

from collections import Counter
from pathlib import Path

from private_cups import queued_printer, running_cups

from .office_at_work import SPECIAL
from .theft import files_in, files_of, hits, trace

VISITS = 1_000


def test_nobody_is_found_on_the_disk(tmp_path: Path) -> None:
    with running_cups() as cups, queued_printer(cups) as printer:
        with files_of(cups, tmp_path / "strace") as opened:
            places = trace(tmp_path, "office_at_work", str(cups.socket), str(VISITS))
        papers = len(printer.paper)
        left = {name: Path(name).read_bytes() for name in opened if Path(name).is_file()}
        of_cups = {name: content for name, content in left.items() if not name.startswith("/dev/")}
        gone = Counter(_kind_of(name, cups.root) for name in opened if not Path(name).exists())
        everything = {**places, **of_cups, **files_in(cups.root)}
    megabytes = sum(map(len, everything.values())) // 1_000_000
    print(
        f"\n{VISITS} people, {papers} pages; {megabytes} MB searched: {len(everything)} files, "
        f"with what was written over or deleted; CUPS opened {len(of_cups)} of them to write"
    )
    print("deleted by CUPS, and not searched:", dict(gone))
    assert papers == VISITS + VISITS // SPECIAL
    assert hits(everything) == set()


def _kind_of(name: str, root: Path) -> str:
    """A folder of CUPS, and what its files begin with: jobs are c00001, their documents d00001."""
    path = Path(name)
    folder = path.parent.relative_to(root) if path.is_relative_to(root) else path.parent
    return f"{folder}/{path.name[:1]}"
