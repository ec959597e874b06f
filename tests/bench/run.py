"""Measures the kiosk beside bare references and writes bench.json; `make bench` runs it.

With the word "desk" it measures the desk instead, with 50,000 and 1,000,000 registrations, and
only prints; that takes a quarter of an hour and 2 GB of disk. With the word "store" it measures
what keeping the record costs, with "lookup" how long a question of the record takes with 10,000 and
1,000,000 registrations (five minutes, 2 GB), and only prints.

Every figure is the median over rounds in which both take turns, so that only ratios of one run
mean anything. Exit code 0 whatever the figures are, 1 if something could not be measured.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

BENCH = Path(__file__).parent
ROOT = BENCH.parent.parent
SOURCES = (ROOT, ROOT / "tests", ROOT / "tests" / "printing")
RESULT = ROOT / "bench.json"
ROUNDS = 5
START_ROUNDS = 11
WARM_UP = 1
TAPS = 50
PEOPLE = (50_000, 1_000_000)
SEARCH_GOAL_MS, SCAN_GOAL_MS = 100.0, 200.0
HANDED_OVER = 100_000
KEPT = 50_000
LOOKED_UP_IN = (10_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `goal` is the highest ratio or, with no reference, value."""

    name: str
    ours: float
    reference: float | None
    ratio: float | None
    goal: float
    unit: str

    @property
    def missed(self) -> bool:
        return (self.ours if self.ratio is None else self.ratio) > self.goal


Measured = tuple[list[Row], list[str]]
"""Rows of the table, and notes for below it."""


class Bench:
    """Runs the measured processes in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "kiosk.toml"
        self.store = folder / "kiosk" / "store" / "anjungan.db"
        self.store_key = folder / "store.key"
        self.slip = folder / "slip.json"
        self._environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(map(str, SOURCES)),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CACHE_HOME": str(folder / "cache"),
        }

    def make_new_kiosk(self) -> None:
        """Make a kiosk that was started once, in place of the one of the round before."""
        shutil.rmtree(self.folder / "kiosk", ignore_errors=True)
        folders = ("store", "slips", "data", "keys")
        lines = (f'{one}_folder = "{self.folder / "kiosk" / one}"\n' for one in folders)
        self.config.write_text("".join(lines), encoding="utf-8")
        self.run("kiosk_start.py", self.config)
        file = json.loads((self.folder / "kiosk" / "keys" / "kiosk.keys").read_bytes())
        self.store_key.write_text(json.loads(b64decode(file["keys"]))["store"], "ascii")

    def run(self, script: str, *arguments: object) -> str:
        """Run a script to its end; returns what it printed."""
        command = self._command(script, arguments)
        done = subprocess.run(command, env=self._environment, stdout=subprocess.PIPE, check=True)
        return done.stdout.decode()

    def run_json(self, script: str, *arguments: object) -> Any:
        """Run a script that prints JSON."""
        return json.loads(self.run(script, *arguments))

    def time_lines(self, script: str, *arguments: object) -> dict[str, float]:
        """Run a script; returns when it printed each line, in milliseconds since it was started."""
        began_s = perf_counter()
        command = self._command(script, arguments)
        with subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            times = {
                line.decode().strip(): (perf_counter() - began_s) * 1000 for line in process.stdout
            }
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return times

    def _command(self, script: str, arguments: Sequence[object]) -> list[str]:
        return [sys.executable, str(BENCH / script), *map(str, arguments)]


def measure_start(bench: Bench) -> Measured:
    """Process start to first accepted tap; the store exists and Qt's caches are filled."""
    bench.make_new_kiosk()
    ours, reference = [], []
    for _ in range(WARM_UP + START_ROUNDS):
        ours.append(bench.time_lines("kiosk_start.py", bench.config))
        reference.append(bench.time_lines("reference_window.py", bench.store, bench.store_key))

    def middle(rounds: Sequence[dict[str, float]], moment: str) -> float:
        return median(one[moment] for one in rounds[WARM_UP:])

    row = _compare(
        "process start to first accepted tap, store open",
        middle(ours, "accepted"),
        middle(reference, "accepted"),
        1.6,
        "ms",
    )
    note = "next screen painted after {:.0f} ms, reference {:.0f} ms".format(
        middle(ours, "painted"), middle(reference, "painted")
    )
    return [row], [f"start: {note}"]


def measure_visits(bench: Bench) -> Measured:
    """Peak memory after one visit with slip, and the time from tap to next screen."""
    bench.run("slip_drawing.py", bench.slip)
    peaks: list[tuple[float, float]] = []
    taps: list[tuple[list[float], list[float]]] = []
    for turn in range(ROUNDS):
        bench.make_new_kiosk()
        visits = bench.run_json("kiosk_visits.py", bench.config, bench.folder / f"screens{turn}")
        window = (bench.store, bench.store_key, bench.slip, bench.folder / "slip.pdf")
        peak_kb = int(bench.run("reference_window.py", *window).split()[-1])
        peaks.append((visits["peak_kb"] / 1024, peak_kb / 1024))
        taps.append((visits["times_ms"], bench.run_json("reference_stack.py", TAPS)))
    memory = _compare("peak memory after one visit with slip", *_medians(peaks), 1.5, "MB")
    slowest = [(_p95(ours), _p95(other)) for ours, other in taps]
    tap = _compare("tap to next screen painted, p95", *_medians(slowest), 1.6, "ms")
    middle = _medians([(median(ours), median(other)) for ours, other in taps])
    note = "tap: p50 {:.1f} ms, reference {:.1f} ms; {} taps a round".format(
        *middle, len(taps[0][0])
    )
    return [memory, tap], [note]


def measure_commit(bench: Bench) -> Measured:
    """Commit of one registration."""
    pairs = []
    for turn in range(ROUNDS):
        times = bench.run_json("measure_commit.py", bench.folder / f"commits{turn}")
        pairs.append((median(times["ours"]), median(times["reference"])))
    return [_compare("commit of one registration, p50", *_medians(pairs), 1.6, "ms")], []


def measure_slip(bench: Bench) -> Measured:
    """Slip with both codes, read back."""
    times = bench.run_json("measure_slip.py")
    ours, reference = median(times["ours"]), median(times["reference"])
    return [_compare("slip with both codes, read back", ours, reference, 1.4, "ms")], []


def measure_print(bench: Bench) -> Measured:
    """From confirming to the job that a printer accepted, beside `ipptool` sending the same PDF."""
    times = bench.run_json("measure_print.py", bench.folder / "print")
    middle = {name: median(found) for name, found in times.items()}
    row = _compare("confirm to job accepted", middle["confirmed"], middle["ipptool"], 1.5, "ms")
    slowest_s = round(max(times["refill_s"]), 2)
    refill = Row("new paper to the owed slip, slowest", slowest_s, None, None, 10.0, "s")
    note = "print: the hand-over alone takes {handed_over:.1f} ms, beside commit and rendering"
    return [row, refill], [note.format(**middle)]


def measure_quote(bench: Bench) -> Measured:
    """Quote of 12 months."""
    took_ms = median(bench.run_json("measure_quote.py"))
    return [Row("quote of 12 months", round(took_ms, 3), None, None, 1.0, "ms")], []


def measure_desk(bench: Bench) -> Measured:
    """The search while typing, and the list, with few and with very many registrations."""
    rows, notes, p95 = [], [], {}
    for people in PEOPLE:
        folder = bench.folder / f"desk{people}"
        times = bench.run_json("measure_desk.py", folder, people)
        shutil.rmtree(folder)
        p95[people] = _p95(times["keystrokes"])
        typed, scanned = round(p95[people], 2), round(_p95(times["scans"]), 2)
        name = f"search, key to results painted, p95 of {people:,}"
        rows.append(Row(name, typed, None, None, SEARCH_GOAL_MS, "ms"))
        name = f"scan to record painted, p95 of {people:,}"
        rows.append(Row(name, scanned, None, None, SCAN_GOAL_MS, "ms"))
        notes.append(
            "desk of {:,}: slowest keystroke {:.0f} ms, slowest view {:.0f} ms, all counts {:.0f} "
            "ms, index made in {:.0f} s".format(
                people,
                max(times["keystrokes"]),
                max(times["views"]),
                times["counts"],
                times["index_s"],
            )
        )
    few, many = (p95[people] for people in PEOPLE)
    notes.append(f"growth of the keystroke's p95: {many / few:.2f} for 20 times the registrations")
    return rows, notes


def measure_handover(bench: Bench) -> Measured:
    """A list of 100,000 to the branch, and its answer; once, for it takes minutes."""
    folder = bench.folder / "handover"
    took_s = bench.run_json("measure_handover.py", folder, HANDED_OVER)
    rows = [
        _compare(f"{what} of {HANDED_OVER:,} rows", took_s[what], took_s[f"plain_{what}"], 1.5, "s")
        for what in ("export", "import")
    ]
    note = "handover: the batch took {hand_over:.1f} s, writing the answer {apply:.1f} s"
    return rows, [note.format(**took_s)]


def measure_keeping(bench: Bench) -> Measured:
    """Commit with journal, and what a store of 50,000 takes to keep."""
    middles, slowest, processor = [], [], []
    for turn in range(ROUNDS):
        times = bench.run_json("measure_store.py", bench.folder / f"kept{turn}", "commit")
        ours, reference = times["ours"], times["reference"]
        middles.append((median(ours), median(reference)))
        slowest.append((_p99(ours), _p99(reference)))
        processor.append((median(times["ours_cpu"]), median(times["reference_cpu"])))
    rows = [
        _compare("registration with journal, p50", *_medians(middles), 1.4, "ms"),
        _compare("registration with journal, p99", *_medians(slowest), 1.8, "ms"),
    ]
    took = bench.run_json("measure_store.py", bench.folder / "keep", "keep", KEPT)
    opened = (took["open"] * 1000, took["open_empty"] * 1000)
    rows.append(_compare(f"opening {KEPT:,} beside none", *opened, 1.3, "ms"))
    rebuilt = round(took["rebuild_from_journal"], 1)
    rows.append(Row(f"rebuild of {KEPT:,} from the journal", rebuilt, None, None, 60.0, "s"))
    note = "of the processor, p50: {:.2f} ms, reference {:.2f} ms".format(*_medians(processor))
    kept = ", ".join(f"{name} {value:.4g}" for name, value in took.items())
    return rows, [f"registration with journal: {note}", f"keeping: {kept}"]


def measure_lookup(bench: Bench) -> Measured:
    """Questions of the record, with few and with very many registrations."""
    asked = bench.run_json("measure_lookup.py", bench.folder / "lookup", *LOOKED_UP_IN)
    rows, notes = [], []
    for name, times in asked.items():
        few, many = ([took[0] for took in times[str(people)]] for people in LOOKED_UP_IN)
        slowest = _p99(many), _p99(few)
        rows.append(_compare(f"by {name}, 1,000,000 beside 10,000, p99", *slowest, 2.0, "ms"))
        busy = [_p99([took[1] for took in times[str(people)]]) for people in LOOKED_UP_IN]
        middle = f"p50 {median(many):.2f} and {median(few):.2f} ms"
        processor = f"{busy[1]:.2f} and {busy[0]:.2f} ms of the processor"
        notes.append(f"by {name}: {middle}, p99 {processor}")
    return rows, notes


MEASURES = (
    *(measure_start, measure_visits, measure_commit),
    *(measure_slip, measure_print, measure_quote),
)
OTHERS = {
    "desk": (measure_desk, measure_handover),
    "store": (measure_keeping,),
    "lookup": (measure_lookup,),
}


def _compare(name: str, ours: float, reference: float, goal: float, unit: str) -> Row:
    return Row(name, round(ours, 2), round(reference, 2), round(ours / reference, 2), goal, unit)


def _medians(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(ours for ours, _ in pairs), median(reference for _, reference in pairs)


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def _p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100, method="inclusive")[-1]


def _print_table(rows: Sequence[Row]) -> None:
    print(f"{'what':48}{'ours':>10}{'reference':>11}  unit  {'ratio':>6}{'goal':>6}")
    for row in rows:
        reference = "-" if row.reference is None else f"{row.reference:.2f}"
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
        missed = "  missed" if row.missed else ""
        figures = f"{row.ours:10.2f}{reference:>11}  {row.unit:4}  {ratio:>6}{row.goal:6.1f}"
        print(f"{row.name:48}{figures}{missed}")


@contextmanager
def _open_bench() -> Iterator[Bench]:
    # Under build/, not /tmp: /tmp may be memory, where a commit costs nothing.
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as folder:
        yield Bench(Path(folder))


def main(arguments: Sequence[str]) -> int:
    """Measure and print the table, and write bench.json of the kiosk; returns the exit code."""
    others = OTHERS.get(arguments[0]) if arguments else None
    print("Measuring; this takes {}.".format("a while" if others else "two minutes"), flush=True)
    rows: list[Row] = []
    notes: list[str] = []
    failed = False
    with _open_bench() as bench:
        for measure in others or MEASURES:
            try:
                more_rows, more_notes = measure(bench)
            except (subprocess.CalledProcessError, OSError, ValueError) as problem:
                print(f"{measure.__name__} could not be measured: {problem}", file=sys.stderr)
                failed = True
                continue
            rows += more_rows
            notes += more_notes
    _print_table(rows)
    print(*notes, sep="\n")
    print(
        "load of this machine: {:.1f} in the last minute, {:.1f} in five".format(*os.getloadavg())
    )
    if others is None:
        text = json.dumps([asdict(row) for row in rows], indent=1)
        RESULT.write_text(f"{text}\n", encoding="utf-8")
    missed = [row.name for row in rows if row.missed]
    print(f"Goals missed: {'; '.join(missed)}." if missed else "No goal of these is missed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
