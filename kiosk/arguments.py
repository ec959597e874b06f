"""What can be typed behind `main.py`."""

import argparse
from datetime import date
from pathlib import Path

from kiosk import key_commands, store_command
from kiosk.sync import command as sync_command


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return what was asked for; ends the program for what nobody can ask for."""
    parser = argparse.ArgumentParser(prog="main.py", description="Anjungan BPU")
    parser.add_argument("--config", type=Path, help="kiosk.toml of this kiosk")
    parser.add_argument("--windowed", action="store_true", help="in a window that can be closed")
    parser.add_argument("--practice", action="store_true", help="with people who do not exist")
    commands = parser.add_subparsers(dest="command")
    demo = commands.add_parser("demo", help="play a visit from a file of answers, without a screen")
    demo.add_argument("--answers", type=Path, help="TOML file, see docs/demo.md")
    demo.add_argument("--out", type=Path, default=Path("demo"), help="folder for what is left")
    commands.add_parser("desk", help="the staff's desk in a window, see docs/desk.md")
    console = commands.add_parser("console", help="the admin's console, see docs/console.md")
    console.add_argument("--centre", type=Path, help="file in which the centre's address is kept")
    diagnostics = commands.add_parser("diagnostics", help="a bundle for help from afar")
    diagnostics.add_argument("--out", type=Path, required=True, help="the zip file to write")
    set_up = commands.add_parser("setup", help="make the first admin, see docs/desk.md")
    set_up.add_argument("--answers", type=Path, help="TOML file for a new kiosk, see docs/setup.md")
    set_up.add_argument("--recover", action="store_true", help="a new PIN for an admin")
    audit = commands.add_parser("audit", help="check the audit's chain, see docs/desk.md")
    audit.add_argument("act", choices=["verify"])
    audit.add_argument("--code", action="append", default=[], help="closing code from a recap")
    store_command.declare(commands.add_parser("store", help="the record, see docs/storage.md"))
    join = commands.add_parser("join", help="join the centre, see docs/enrolment.md")
    join.add_argument("token", type=Path, nargs="?", help="a file; else it is asked for")
    join.add_argument("--moved", metavar="URL", help="where the same centre is now")
    sync_command.declare(commands.add_parser("sync", help="the way to the centre, docs/sync.md"))
    verify = commands.add_parser("verify", help="judge the QR texts on standard input, one a line")
    verify.add_argument("--name", help="the name on the KTP, compared with the printed one")
    verify.add_argument("--trust", type=_folder, help="folder in place of trust_folder")
    layout = commands.add_parser("layout", help="layouts of the slip, see docs/layouts.md")
    layout.add_argument("deed", choices=("check", "preview", "use"))
    layout.add_argument("file", type=Path, help="a file like resources/data/slip_layouts.json")
    layout.add_argument("--out", type=Path, default=Path("layout"), help="folder for a preview")
    key = commands.add_parser("key", help="what guards the keys, and new keys, see docs/keys.md")
    key_commands.add_arguments(key)
    central = commands.add_parser("central", help="the centre's database, see docs/centre.md")
    if "central" in arguments:
        from kiosk.central import commands as central_commands  # noqa: PLC0415 (SQLAlchemy is slow)

        central_commands.add_arguments(central)
    commands.add_parser("rehearse", help="try a configuration, for the console")
    _declare_report(commands.add_parser("report", help="numbers as files, see docs/reports.md"))
    commands.add_parser("printers", help="which printers there are, and what they report")
    commands.add_parser("readiness", help="whether this kiosk is fit for work")
    asked = parser.parse_args(arguments)
    if asked.command == "setup" and asked.recover and asked.answers:
        parser.error("--answers does not go with --recover")
    if asked.practice and asked.command not in {None, "desk"}:
        parser.error(f"--practice does not go with {asked.command}")
    return asked


def _declare_report(report: argparse.ArgumentParser) -> None:
    report.add_argument("--from", dest="begin", type=date.fromisoformat, help="like 2026-11-01")
    report.add_argument("--to", dest="end", type=date.fromisoformat, help="the last day, included")
    report.add_argument("--out", type=Path, required=True, help="the folder for the files")
    report.add_argument("--url-file", type=Path, help="a file with the URL of a centre's login")
    report.add_argument("--language", help="id or en; else the kiosk's")


def _folder(given: str) -> Path:
    if not Path(given).is_dir():
        raise argparse.ArgumentTypeError(f"{given} is no folder")
    return Path(given)
