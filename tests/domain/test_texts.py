"""Every sentence is there, is used, gets its values, names no contribution, and is short."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter

import pytest
from console_keys import built_of_the_console
from desk_keys import built_of_the_desk
from parts_keys import built_of_the_parts
from samples import ROOT, load_tariff, load_texts

from kiosk.central.backup import Step as BackupStep
from kiosk.central.install import Step as InstallStep
from kiosk.central.token import TokenFlaw
from kiosk.domain.answers import Period, Stop
from kiosk.domain.centre import Link, Pause
from kiosk.domain.checks import Step
from kiosk.domain.failures import DataFailure
from kiosk.domain.funnel import ENDED
from kiosk.domain.months import Month
from kiosk.domain.nik import NikProblem
from kiosk.domain.payment import ChannelKind
from kiosk.domain.print_job import UNFINISHED, Hold, PrintState
from kiosk.domain.recap import Begins, Counted, GapReason
from kiosk.domain.registration import PhoneOwner, Status, WorkPlace
from kiosk.domain.report import Way
from kiosk.domain.report_words import RENEWALS, STAGES
from kiosk.domain.rights import Right
from kiosk.domain.setting import Flaw
from kiosk.domain.slip_layouts import Heading
from kiosk.domain.staff import CentreRole, PinFlaw
from kiosk.domain.tariff import Package, Payer, quote
from kiosk.domain.texts import Texts, parse_texts
from kiosk.domain.validity import EndKind
from kiosk.domain.work import Question, Sector
from kiosk.keys.passphrase import PassphraseFlaw
from kiosk.keys.protection import Protector
from kiosk.readiness import CHECKS, State
from ui.models.learn_model import GIVES
from ui.models.status_model import WAY

TEXTS = load_texts()
TABLES = {key.partition(".")[0] for key in TEXTS.sentences}
MAX_WORDS = 12
QML_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
FILE_ENDINGS = (".svg", ".toml", ".json", ".pdf")
DOTTED = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")


def every(pattern: str, *parts: object) -> set[str]:
    """Put each of the parts where the star is."""
    return {pattern.replace("*", str(getattr(part, "value", part))) for part in parts}


QUESTIONS = every("question.*", *Question)
STOPS = every("stop.*", *Stop)
ASKED = set(Step) - {Step.QUESTION, Step.STOP}
TOPICS = ("accident", "death", "school", "old_age")
MOVING = UNFINISHED | {PrintState.UNCONFIRMED}
TO_COUNTER = (PrintState.FAILED, PrintState.FILED, "missed")
PRINTED = set(PrintState) - {PrintState.HANDED_OVER_OTHERWISE}
COPIED = (
    *("number", "registered_at", "status", "kpj", "rejected_because", "flags", "language", "nik"),
    *("name", "sex", "birth_date", "birthplace", "mother_name", "address_line"),
    *("desa_code", "postcode", "phone", "phone_owner", "email", "nik_warnings"),
    *("segment_id", "job_id", "employs_people", "dinas", "work_place", "second_segment_id"),
    *("second_job_id", "package", "income_base", "this_month", "next_month"),
    *("tariff_version", "quote_notes", "consent_given_at", "consent_version"),
    *("consent_language", "declarations", "receiver", "batch", "at", "paid_on", "channel"),
    *("reference", "first_month", "months", "revision", "reason", "copy"),
    *("state", "evidence", "remark", "right", "due_at", "closed_at", "event", "actor"),
)
COPIED_PARTS = (
    *("registration", "person", "work", "programme", "consent", "receiver", "payment"),
    *("correction", "slip", "invitation", "request", "event", "other"),
)
COPIED_EVENTS = (
    *("registered", "handed_over", "accepted", "rejected", "paid", "member", "void"),
    *("corrected", "renewed", "reprinted", "slip_given", "nik_seen", "data_copied"),
    *("status_seen", "proof_refused", "draft_resumed", "help_began", "help_ended"),
    *("slip_name_differs", "sent_to_centre_again", "change_kept"),
)
RIGHTS = ("what", "why", "long", "rights", "who")

ALARMS = (
    *("other_content", "number_clash", "copied", "not_yours", "cap", "matching_failed"),
    "config_stopped",
)
PROBLEMS = (
    *(
        "misplaced",
        "data",
        "language",
        "unknown",
        "fixed",
        "blank",
        "placeholders",
        "no_translation",
    ),
    *("office", "too_large", "does_not_fit", "visit", "slip"),
)
MATTERS = (
    *("never_seen", "silent", "silent_long", "copied", "locked", "clock_off", "clock_doubted"),
    *("out_of_order", *(f"printer_{hold}" for hold in Hold), "slips_failed", "paper_low"),
    *("disk_full", "backup_old", "config_refused", "parked", "waits_long"),
)
KIOSK_STATES = ("claiming", "active", "locked", "revoked")
STORE_STATES = ("working", "questioned", "settled")
BUILT: dict[str, set[str]] = {
    "benefit.*.*": {f"benefit.{topic}.{one}" for topic, all_ in GIVES.items() for one in all_},
    "benefits.*.name": every("benefits.*.name", *TOPICS),
    "*.lead": set(),
    "*.step": every("*.step", *ASKED, Step.QUESTION),
    "*.text": {f"{stop}.text" for stop in STOPS},
    "*.title": every("*.title", *ASKED) | {f"{topic}.title" for topic in QUESTIONS | STOPS},
    "*.*": {f"{question}.{word}" for question in QUESTIONS for word in ("no", "yes")},
    "central.step_*": every("central.step_*", *InstallStep),
    "centre_backup.step_*": every("centre_backup.step_*", *BackupStep),
    "centre_console.alarm_*": every("centre_console.alarm_*", *ALARMS),
    "centre_console.role_*": every("centre_console.role_*", *CentreRole),
    "centre_console.state_*": every("centre_console.state_*", *KIOSK_STATES),
    "centre_console.store_*": every("centre_console.store_*", *STORE_STATES),
    "consent.*": every("consent.*", *set(RIGHTS) - {"long", "who"}),
    "consent.*_title": every("consent.*_title", *RIGHTS),
    "report.*": every("report.*", *STAGES, *RENEWALS, "rejected", "void"),
    "report.by_*": every("report.by_*", Way.OFFICE, Way.DESA),
    "report.sheet_*": every("report.sheet_*", *Way),
    "report.step.*": every("report.step.*", *set(Step) - {Step.STOP}, ENDED),
    "report.step_*": every("report.step_*", "reached", "given_up", "seconds"),
    "desk_recap.*": every("desk_recap.*", *Counted),
    "desk_recap.begins_*": every("desk_recap.begins_*", *set(Begins) - {Begins.GOES_ON}),
    "desk_recap.gap_*": every("desk_recap.gap_*", *GapReason),
    "desk_setup.pin_*": every("desk_setup.pin_*", *PinFlaw),
    "done.hold_*": every("done.hold_*", *Hold, "filling"),
    "done.hold_*_lead": every("done.hold_*_lead", *Hold, "filling"),
    "done.slip_*": every("done.slip_*", *MOVING, *TO_COUNTER),
    "done.slip_*_lead": every("done.slip_*_lead", *TO_COUNTER),
    "fleet.what.*": every("fleet.what.*", *MATTERS, "fine", "revoked", "claiming"),
    "fleet.phone.*": every("fleet.phone.*", *MATTERS),
    "fleet.problem.*": every("fleet.problem.*", *Flaw, *PROBLEMS),
    "idle.*.text": every("idle.*.text", *TOPICS),
    "idle.*.tile": every("idle.*.tile", *TOPICS),
    "idle.*.title": every("idle.*.title", *TOPICS),
    "income.*": every("income.*", *Period, "bracket", "group"),
    "income.*_last": every("income.*_last", "bracket", "group"),
    "income.per_*": every("income.per_*", *Period),
    "join.*": every("join.*", *TokenFlaw),
    "keys.by_*": every("keys.by_*", *Protector),
    "keys.flaw_*": every("keys.flaw_*", *PassphraseFlaw),
    "month_name.*": every("month_name.*", *range(1, 13)),
    "nik.wrong.*": {f"nik.wrong.{problem.name.lower()}" for problem in NikProblem},
    "pay.channel.*": every("pay.channel.*", *ChannelKind),
    "personal_copy.*": every("personal_copy.*", *COPIED, "yes", "no"),
    "personal_copy.did_*": every("personal_copy.did_*", *COPIED_EVENTS)
    | {f"personal_copy.did_{right}_asked" for right in Right}
    | {f"personal_copy.did_{right}_called_off" for right in Right}
    | {f"personal_copy.did_{right}_done" for right in set(Right) - {Right.ERASURE}},
    "personal_copy.part_*": every("personal_copy.part_*", *COPIED_PARTS),
    "phone.*": every("phone.*", *PhoneOwner),
    "place.*": every("place.*", *WorkPlace),
    "question.*": set(),
    "readiness.*": every("readiness.*", *State),
    "readiness.data_*": every("readiness.data_*", *EndKind),
    "readiness.data_*_todo": every("readiness.data_*_todo", *EndKind),
    "readiness.topic.*": every("readiness.topic.*", *(one.__name__ for one in CHECKS)),
    "reminder.print_*": every("reminder.print_*", *PRINTED),
    "reminder.print_*_lead": every("reminder.print_*_lead", *PRINTED),
    "review.*": every(
        "review.*",
        *("nik", "name", "birth_date", "birthplace", "mother", "address", "phone", "email"),
        *("work", "place", "second_work", "income", "programme", "months"),
    ),
    "right.*": every("right.*", *Right),
    "rights_proof.done_*": every("rights_proof.done_*", *Right),
    "rights_proof.means_*": every("rights_proof.means_*", *Right),
    "slip.*": every("slip.*", *Heading),
    "status.*": every("status.*", *Status),
    "status.next.*": every("status.next.*", *Status),
    "status.stage.*": every("status.stage.*", *WAY),
    "sync_status.link_*": every("sync_status.link_*", *Link),
    "sync_status.pause_*": every("sync_status.pause_*", *(one for one in Pause if one)),
    "stop.*": set(),
    **built_of_the_desk(every),
    **built_of_the_console(every),
    **built_of_the_parts(every),
}
"""Keys that the code puts together, and all that each can become. The empty ones are the first part
of a key, or a sentence that a screen may do without."""

OPTIONAL = {"address.lead", "consent.lead", "desa.lead", "elsewhere.lead", "income.lead"} | {
    *("job.lead", "kecamatan.lead", "months.lead", "name.lead", "nik.lead", "phone.lead"),
    *("programme.lead", "work.lead", "mother.lead", "email.lead", "place.lead"),
    *("second_work.lead", "second_job.lead"),
    *(f"{question}.lead" for question in QUESTIONS),
}


@dataclass(frozen=True)
class Use:
    """One place that says a sentence; `values` is None where the test cannot see what it gives."""

    where: str
    key: str
    values: frozenset[str] | None


# ------------------------------------------------------------ what the code says


def files(kind: str, *folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob(kind))


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text("utf-8"))
        for file in files("*.py", "kiosk", "printing", "ui")
    }


@cache
def screens() -> dict[str, str]:
    return {
        str(file.relative_to(ROOT)): re.sub(r"(?m)^\s*//.*$", "", file.read_text("utf-8"))
        for file in files("*.qml", "ui/qml")
    }


def pattern_of(built: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "*" for part in built.values
    )


def uses_in_python() -> Iterator[Use]:
    for file, tree in trees().items():
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr != "say" or not call.args:
                continue
            key, values = call.args[0], None
            if all(keyword.arg for keyword in call.keywords):
                values = frozenset(str(keyword.arg) for keyword in call.keywords)
            if isinstance(key, ast.Constant):
                yield Use(file, str(key.value), values)
            elif isinstance(key, ast.JoinedStr):
                yield Use(file, pattern_of(key), values)


def uses_in_qml() -> Iterator[Use]:
    for file, text in screens().items():
        for call in re.finditer(r"Texts\.say\(", text):
            key, values = arguments(text, call.end())
            literal = re.fullmatch(QML_STRING, key)
            if literal:
                yield Use(file, literal[1], values)
            elif "+" in key:
                pieces = (re.fullmatch(QML_STRING, piece) for piece in top_level(key, "+"))
                yield Use(file, "".join(piece[1] if piece else "*" for piece in pieces), None)


def arguments(text: str, start: int) -> tuple[str, frozenset[str] | None]:
    """The key and the names of the values of the call whose arguments begin at `start`."""
    depth, end = 1, start
    while depth:
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    parts = top_level(text[start : end - 1], ",")
    if len(parts) == 1:
        return parts[0], frozenset()
    given = parts[1]
    if not given.startswith("{"):
        return parts[0], None
    return parts[0], frozenset(re.findall(r'"(\w+)"\s*:', given))


def top_level(text: str, separator: str) -> list[str]:
    """Split where the separator stands outside of strings and brackets."""
    parts, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == '"'
        if not quoted:
            depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(char, 0)
        if char == separator and not quoted and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def literals() -> Iterator[tuple[str, str]]:
    """Every string of the code, docstrings left out, and where it stands."""
    for file, tree in trees().items():
        nodes = list(ast.walk(tree))
        explained = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            match node:
                case ast.Constant(value=str(text)) if id(node) not in explained:
                    yield file, text
    for file, text in screens().items():
        for string in QML_STRING.finditer(text):
            yield file, string[1]


def built_patterns() -> dict[str, str]:
    """Every pattern that is said, or looks like a key of one of our tables, and where."""
    patterns = {use.key: use.where for use in (*uses_in_python(), *uses_in_qml()) if "*" in use.key}
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                pattern = pattern_of(node)
                table, dot, rest = pattern.partition(".")
                if (table in TABLES and dot and " " not in rest) or pattern == "*.lead":
                    patterns[pattern] = file
    return {pattern: where for pattern, where in patterns.items() if set(pattern) - {"*"}}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


# ------------------------------------------------------------ there and used


def test_every_sentence_that_the_code_names_is_there() -> None:
    uses = [use for use in (*uses_in_python(), *uses_in_qml()) if "*" not in use.key]
    assert len(uses) > 150
    assert {(use.where, use.key) for use in uses if use.key not in TEXTS.sentences} == set()


def test_every_string_that_looks_like_a_key_is_one() -> None:
    strange = {
        (file, text)
        for file, text in literals()
        if DOTTED.fullmatch(text)
        and text.partition(".")[0] in TABLES
        and text not in TEXTS.sentences
        and not text.endswith((*FILE_ENDINGS, "_"))
    }
    assert strange == set()


def test_every_built_key_is_known_to_this_test() -> None:
    patterns = built_patterns()
    assert {(patterns[new], new) for new in patterns.keys() - BUILT.keys()} == set()
    assert BUILT.keys() - patterns.keys() == set()


def test_every_built_key_is_there() -> None:
    keys = {key for keys in BUILT.values() for key in keys}
    assert keys - TEXTS.sentences.keys() == set()


def test_no_sentence_is_unused() -> None:
    said = {text for _file, text in literals()}
    built = {key for keys in BUILT.values() for key in keys}
    assert TEXTS.sentences.keys() - said - built - OPTIONAL == set()


# ------------------------------------------------------------ values


def test_every_sentence_gets_the_values_it_needs() -> None:
    lacking = {
        (use.where, use.key, name)
        for use in (*uses_in_python(), *uses_in_qml())
        if use.values is not None
        for key in BUILT.get(use.key, {use.key})
        if key.rpartition(".")[0] not in STOPS
        for name in placeholders(TEXTS.sentences.get(key, "")) - use.values
    }
    assert lacking == set()


def test_no_value_is_given_that_its_sentence_does_not_use() -> None:
    only_where_there_is_one = {("printing/parts.py", "number")}
    needless = {
        (use.where, use.key, name)
        for use in (*uses_in_python(), *uses_in_qml())
        if use.values and use.key in TEXTS.sentences
        for name in use.values - placeholders(TEXTS.sentences[use.key])
        if (use.where, name) not in only_where_there_is_one
    }
    assert needless == set()


def test_a_stop_is_told_with_the_age_and_the_limit_alone() -> None:
    for stop in STOPS:
        for part in ("title", "text"):
            assert placeholders(TEXTS.sentences[f"{stop}.{part}"]) <= {"age", "limit"}


def test_no_lead_that_the_code_fills_needs_more_than_the_kecamatan() -> None:
    for key in OPTIONAL & TEXTS.sentences.keys():
        wanted = {"kecamatan"} if key in {"address.lead", "desa.lead"} else set[str]()
        assert placeholders(TEXTS.sentences[key]) <= wanted, key


def test_qml_fills_only_plain_placeholders() -> None:
    for use in uses_in_qml():
        sentence = TEXTS.sentences.get(use.key, "")
        assert set(re.findall(r"\{(\w+)\}", sentence)) == placeholders(sentence)
        assert "{{" not in sentence


# ------------------------------------------------------------ amounts


@cache
def contributions() -> set[int]:
    """Every amount that a quote can come to: a month, any number of months, what is saved."""
    tariff = load_tariff()
    paid = [Month(2026, 10).plus(later) for later in range(8)]
    amounts: set[int] = set()
    for bracket, package, sector, months in product(
        tariff.brackets, Package, Sector, tariff.periods
    ):
        for unclear, payment_month in product((False, True), paid):
            quoted = quote(
                tariff,
                base=bracket.base,
                sector=sector,
                sector_unclear=unclear,
                payer=Payer.SELF,
                package=package,
                months=months,
                payment_month=payment_month,
            )
            amounts |= {quoted.total, quoted.normal_total, quoted.saving}
            amounts |= {amount for month in quoted.months for amount in (month.pay, month.normal)}
        amounts |= {bracket.jkk, bracket.jht, bracket.base}
    return amounts - {0}


def amounts_in(text: str) -> set[int]:
    """Every number in a text, the dots and spaces between thousands left out."""
    grouped = re.findall(r"\d{1,3}(?:[. ]\d{3})+|\d+", text)
    ribu = (int(number) * 1000 for number in re.findall(r"(\d+)\s*(?:ribu|rb)\b", text))
    juta = (int(number) * 1_000_000 for number in re.findall(r"(\d+)\s*(?:juta|jt)\b", text))
    return {int(re.sub(r"\D", "", number)) for number in grouped} | {*ribu, *juta}


def test_no_contribution_is_typed_into_a_text() -> None:
    amounts = contributions()
    assert {16_800, 8_400, 36_800, 28_400, 20_000, 33_600, 42_000} <= amounts
    typed = {
        (where, number)
        for where, text in (*TEXTS.sentences.items(), *literals())
        # The centre's errors have five figures as well.
        if not (where.startswith(("kiosk/central/", "kiosk/sync/")) and len(text) == 5)
        for number in amounts_in(text) & amounts
    }
    assert typed == set()


@pytest.mark.parametrize("text", ["Rp16.800", "16800", "Rp 16.800 sebulan", "20 ribu", "20.000,-"])
def test_an_amount_is_found_however_it_is_written(text: str) -> None:
    assert amounts_in(text) & contributions()


def test_money_stands_in_a_text_only_as_a_value() -> None:
    with_money = {key for key, text in TEXTS.sentences.items() if "Rp" in text}
    assert with_money == {"common.million"}


# ------------------------------------------------------------ words


VALUES_OF_MANY_WORDS = {"date": 3, "month": 2, "first": 2, "amount": 2, "total": 2, "before": 2}


def sentences_of(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def words_in(sentence: str) -> int:
    """The words of a sentence once its values stand in it."""
    more = (VALUES_OF_MANY_WORDS.get(name, 1) - 1 for name in placeholders(sentence))
    return len(sentence.split()) + sum(more)


def test_no_sentence_has_more_than_twelve_words() -> None:
    long = {
        (key, words_in(sentence), sentence)
        for key, text in TEXTS.sentences.items()
        for sentence in sentences_of(text)
        if words_in(sentence) > MAX_WORDS
    }
    assert long == set()


@pytest.mark.parametrize("word", ["hanya Rp", "!", "Error", "error", "Gagal", "gagal", "Invalid"])
def test_no_sentence_shouts_sells_or_speaks_computer(word: str) -> None:
    assert [key for key, text in TEXTS.sentences.items() if word in text] == []


def test_only_the_status_stands_in_capitals() -> None:
    allowed = {"BELUM DILINDUNGI", "SALINAN KE-{copy}", "SLIP PENDAFTARAN BPU", "BUTUH BANTUAN"}
    shouted = {text for text in TEXTS.sentences.values() if text.isupper() and " " in text}
    assert shouted <= allowed


def test_a_sentence_has_no_stray_spaces() -> None:
    for key, text in TEXTS.sentences.items():
        assert text.strip() == text, key
        assert text, key


# ------------------------------------------------------------ the reader


def test_tables_become_dotted_keys_and_values_are_filled_in() -> None:
    texts = parse_texts('[a.b]\nc = "Halo, {name}."\n', "id", "id.toml")
    assert texts == Texts("id", {"a.b.c": "Halo, {name}."})
    assert texts.say("a.b.c", name="Ani") == "Halo, Ani."


def test_an_unknown_key_and_a_missing_value_are_refused() -> None:
    texts = Texts("id", {"a": "Halo, {name}."})
    with pytest.raises(KeyError):
        texts.say("b")
    with pytest.raises(KeyError):
        texts.say("a")


def test_braces_in_a_value_are_left_alone() -> None:
    assert Texts("id", {"a": "Halo, {name}."}).say("a", name="{x}") == "Halo, {x}."


@pytest.mark.parametrize(
    ("text", "line"),
    [('[a]\nb = "x\n', 2), ("a = 1\n", 0), ('a = ["x"]\n', 0), ('a = "x"\na = "y"\n', 2)],
    ids=["open quote", "number", "list", "twice"],
)
def test_a_broken_file_is_refused_naming_the_line(text: str, line: int) -> None:
    with pytest.raises(DataFailure) as refused:
        parse_texts(text, "id", "id.toml")
    assert (refused.value.file, refused.value.line) == ("id.toml", line)


def test_the_sentences_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TEXTS.sentences["common.next"] = "x"  # type: ignore[index]
