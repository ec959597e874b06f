"""Tariffs, groups of jobs, columns and sentences at the console: edited, published, and at work."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import data_files
import pytest
from branch_lists import cells_of
from central.fixtures import Centre
from central.offices import OfficeKiosk, Offices, offices_of
from PySide6.QtGui import QGuiApplication
from samples import NOW, load_texts
from sync.shipped import shipped_program

from kiosk.central.signing import SigningKey, make_signing_key
from kiosk.domain.configuration import Content, Document
from kiosk.fleet import Draft, Trial, newest, publish
from kiosk.keys.passphrase import Cost
from kiosk.sync.fetching import fetch
from kiosk.sync.line import Answered
from kiosk.version import program_version

from .console_stage import Admin, at_console, console_for, known_place, now_clock
from .desk_stage import DeskStage, employ
from .residents import TRADER
from .stage import Stage, open_stage
from .test_console import PHRASE, publish_it, told

SAY = load_texts().say
NAME = "tariff.2027-01-01.json"
FARMER = "segment_Petani dan pekebun"


@pytest.fixture
def place(centre: Centre, tmp_path: Path, application: QGuiApplication) -> Path:
    """An admin who was signed in here before."""
    return known_place(centre, tmp_path)


@pytest.fixture
def offices(centre: Centre, tmp_path: Path) -> Iterator[Offices]:
    folder = tmp_path / "offices"
    folder.mkdir()
    made = offices_of(centre, folder)
    yield made
    made.close()


@pytest.fixture
def key(place: Path) -> SigningKey:
    made = make_signing_key(place.parent / "keys", PHRASE, Cost(memory_kib=64, passes=1, lanes=1))
    assert isinstance(made, SigningKey)
    return made


@contextmanager
def at_page(place: Path, *files: data_files.Change) -> Iterator[Admin]:
    """The page, with these files in the folder."""
    for number, change in enumerate(files):
        data_files.write(place.parent / "Anjungan BPU", change, f"{number}.json")
    with at_console(place) as admin:
        admin.sign_in()
        admin.tap("page_data")
        yield admin


def draft_of(admin: Admin) -> Content:
    return admin.app.console.config.draft.content  # type: ignore[no-any-return]


def say_otherwise(admin: Admin, key: str, title: str, **said: str) -> None:
    """Fill in the form of a sentence."""
    admin.tap("part_sentences")
    admin.write("sentenceSearch", key)
    admin.tap(f"sentence_{title}", "editPart")
    for language, sentence in said.items():
        admin.write(language, sentence)
    admin.tap("formSubmit")


# ------------------------------------------------------------ the tariff


def test_a_tariff_is_shown_taken_in_and_taken_back(place: Path) -> None:
    with at_page(place, data_files.goes_on) as admin:
        assert admin.says(SAY("parts.files.who"))
        admin.tap("file_0")
        assert admin.says("Rp16.800 → Rp8.400")
        assert admin.says(SAY("desk.data.lead", date="1 Januari 2027", examples=1))
        assert draft_of(admin) == Content()
        admin.tap("savePreview")
        assert admin.says(SAY("parts.files.taken", date="1 Januari 2027"))
        assert list(draft_of(admin).data) == [NAME]
        admin.tap("part_files", f"takeOut_{NAME}")
        assert draft_of(admin) == Content()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (data_files.gap, "gap"),
        (data_files.overlap, "overlap"),
        (data_files.wrong_example, "example"),
        (data_files.no_source, "source"),
        (data_files.no_tariff, "kind"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_wrong_file_says_where_and_why(place: Path, change: data_files.Change, why: str) -> None:
    with at_page(place, change) as admin:
        admin.tap("file_0")
        assert SAY(f"desk.data.flaw_{why}") in admin.text("fileProblem")
        assert admin.visitor.find("savePreview") is None


def _older(root: dict[str, Any]) -> None:
    data_files.goes_on(root)
    root["version"] = "2026-11-01"


def test_an_older_file_and_one_that_is_in_the_draft_are_refused(place: Path) -> None:
    with at_page(place, _older, data_files.goes_on) as admin:
        names = [one["name"] for one in admin.app.console.data.tariff.files.files]
        admin.tap(f"file_{names.index('0.json')}")
        assert admin.text("fileProblem") == SAY("desk.data.older", date="22 November 2026")
        admin.tap(f"file_{names.index('1.json')}", "savePreview", "part_files")
        admin.tap(f"file_{names.index('1.json')}")
        assert admin.text("fileProblem") == SAY("desk.data.same")


def test_a_file_that_would_make_the_draft_too_large_is_told(place: Path) -> None:
    with at_page(place, data_files.goes_on) as admin:
        full = Content(kabupaten={"office": "x" * 1_030_000})
        admin.app.console.config.draft.put(full)
        admin.tap("file_0", "savePreview")
        assert admin.app.console.notice.startswith("Draf menjadi")
        assert draft_of(admin) == full


# ------------------------------------------------------------ sentences, segments, columns


def test_a_sentence_is_refused_at_its_field_until_it_goes(place: Path) -> None:
    with at_page(place) as admin:
        say_otherwise(
            admin, "months.saved", SAY("months.saved", usual="{usual}", saving="{saving}")
        )
        assert draft_of(admin) == Content()
        admin.tap("editPart")
        admin.write("id", "Hemat {saving}")
        admin.write("en", " ")
        admin.tap("formSubmit")
        assert admin.says(SAY("fleet.problem.placeholders"))
        assert admin.says(SAY("fleet.problem.no_translation"))
        admin.write("id", "Hemat {saving}, bukan {usual}")
        admin.write("en", "Save {saving} of {usual}")
        admin.tap("formSubmit")
        assert draft_of(admin).texts["en"] == {"months.saved": "Save {saving} of {usual}"}
        admin.tap("takeBackPart")
        assert draft_of(admin) == Content()


def test_a_sentence_of_the_consent_can_be_read_and_not_changed(place: Path) -> None:
    with at_page(place) as admin:
        admin.tap("part_sentences")
        admin.write("sentenceSearch", "consent.title")
        admin.tap(f"sentence_{SAY('consent.title')}")
        assert admin.says(SAY("parts.sentences.fixed"))
        assert admin.visitor.find("editPart") is None
        admin.write("sentenceSearch", "tidak ada yang begini")
        assert admin.text("sentencesNone") == SAY("parts.sentences.none")


def test_a_segment_gets_a_new_dinas_and_the_branchs_codes(place: Path) -> None:
    with at_page(place) as admin:
        admin.tap("part_segments", FARMER, "editPart")
        admin.pick("dinas", SAY("parts.segments.another"))
        admin.write("new_key", "DKPP")
        admin.tap("formSubmit")
        assert admin.says(SAY("parts.segments.flaw.blank"))
        admin.write("new_dinas", "Dinas Tanaman Pangan")
        admin.tap("formSubmit")
        assert admin.says(SAY("parts.segments.flaw.dinas_taken"))
        admin.write("new_key", "DTP")
        admin.write("code.petani_padi", "=1")
        admin.tap("formSubmit")
        assert admin.says(SAY("parts.segments.flaw.no_code"))
        admin.write("code.petani_padi", "P-01")
        admin.tap("formSubmit")
        assert admin.says("Dinas Tanaman Pangan (DTP)")
        assert admin.says("Petani padi: P-01")
        admin.tap("takeBackPart")
        assert draft_of(admin) == Content()


def test_columns_are_moved_renamed_added_and_never_without_what_is_needed(place: Path) -> None:
    with at_page(place) as admin:
        admin.tap("part_columns", "column_nik", "removeColumn")
        assert admin.text("columnProblem") == SAY("parts.columns.flaw.needed")
        admin.tap("columnUp", "columnUp")
        assert admin.text("columnHeaders").startswith("nik  |  no  |")
        assert admin.visitor.find("columnProblem") is None
        admin.tap("renameColumn")
        admin.write("header", "No HP")
        admin.tap("formSubmit")
        assert admin.says(SAY("parts.columns.flaw.header_twice"))
        admin.write("header", "NIK KTP")
        admin.tap("formSubmit", "addColumn", "formSubmit")
        assert admin.says(SAY("parts.columns.flaw.no_field"))
        admin.pick("holds", SAY("parts.columns.field.empty"))
        admin.write("header", "catatan")
        admin.tap("formSubmit")
        assert admin.text("columnHeaders").startswith("NIK KTP  |  catatan  |  no  |")
        admin.tap("removeColumn", "takeBackColumns")
        assert draft_of(admin) == Content()


# ------------------------------------------------------------ one draft


def test_settings_and_parts_stand_in_one_draft_and_each_is_taken_back(place: Path) -> None:
    with at_page(place, data_files.goes_on) as admin:
        say_otherwise(admin, "common.next", SAY("common.next"), id="Terus", en="Go on")
        admin.tap("part_files", "file_0", "savePreview", "openDraft", "addChange", "scope_all")
        admin.pick("setting", SAY("setting.silence_s.label"))
        admin.tap("formSubmit")
        admin.write("value", "60")
        admin.tap("formSubmit")
        assert admin.says(SAY("parts.files.of_day", file="Tarif", date="1 Januari 2027"))
        assert admin.text("says_text/common.next") == "Terus"
        for line in (f"data/{NAME}", "text/common.next", "kabupaten/silence_s"):
            admin.tap(f"takeBack_{line}")
        assert draft_of(admin) == Content()


def test_the_second_of_two_admins_takes_the_draft_along(
    centre: Centre, offices: Offices, place: Path, key: SigningKey
) -> None:
    offices.here.exchange(health=told())
    with at_page(place) as admin:
        say_otherwise(admin, "common.next", SAY("common.next"), id="Terus", en="Go on")
        console, trial = console_for(centre, place), Trial(offices.here.number, 10)
        first = Draft(None, Content(kabupaten={"silence_s": 50}), "lebih dulu")
        publish(console, key, first, trial, check=lambda _: (), now=now_clock().now())
        admin.tap("openDraft")
        assert admin.visitor.find("publishDraft") is None
        admin.tap("catchUp")
        assert [one["id"] for one in admin.app.console.config.draft.lines] == ["text/common.next"]
        publish_it(admin, offices.here.number)
        assert admin.says(SAY("console.config.published", version=2))
    found = newest(console)
    assert found is not None
    assert found.content.kabupaten == {"silence_s": 50}
    assert found.content.texts["id"] == {"common.next": "Terus"}


# ------------------------------------------------------------ at work at a kiosk


@dataclass
class Line:
    """The way of a kiosk to the centre, without a thread of its own."""

    kiosk: OfficeKiosk

    def call(self, function: str, request: str, _patience_s: float) -> Answered:
        found = self.kiosk.connection.execute(
            f"SELECT {function}(%s::jsonb)", (request,)
        ).fetchone()
        assert found is not None
        return Answered(found[0], 0.1)


def take_up(stage: Stage, kiosk: OfficeKiosk, key: SigningKey) -> None:
    """The kiosk trusts the admin and fetches what the centre has for it."""
    store = stage.services.store
    with store.transaction() as record:
        record.configuration.trust((key.public,))
    taken = fetch(store, Line(kiosk), stage.clock, program_version(), shipped_program().flaw_of)
    assert isinstance(taken, Document), taken


def list_for_the_branch(stage: Stage) -> list[dict[object, object]]:
    """What a clerk hands over, as the branch reads it."""
    stage.settings.exchange_folder.mkdir()
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    desk.tap("page_batches", "handOver", "handOver", "saveXlsx")
    headers, *rows = cells_of(stage.settings.exchange_folder / "penyerahan-0001.xlsx")
    return [dict(zip(headers, row, strict=True)) for row in rows]


def test_what_is_published_is_at_work_at_a_kiosk_and_the_tariff_from_its_day(
    offices: Offices, place: Path, key: SigningKey, new_kiosk: Path, tmp_path: Path
) -> None:
    offices.here.exchange(health=told())
    with at_page(place, data_files.goes_on) as admin:
        admin.tap("file_0", "savePreview", "part_segments", "segment_Pedagang", "editPart")
        admin.write("tile_names.id", "Penjual")
        admin.write("code.pedagang_pasar", "D-07")
        admin.tap("formSubmit", "part_columns", "column_nik", "addColumn")
        admin.pick("holds", SAY("parts.columns.field.empty"))
        admin.write("header", "catatan cabang")
        admin.tap("formSubmit")
        say_otherwise(admin, "common.next", SAY("common.next"), id="Terus", en="Go on")
        admin.tap("openDraft")
        publish_it(admin, offices.here.number)
        assert admin.says(SAY("console.config.published", version=1))

    @contextmanager
    def kiosk(name: str, at: datetime) -> Iterator[Stage]:
        """A kiosk that has taken it up and was opened anew."""
        shutil.copytree(new_kiosk, tmp_path / name)
        with open_stage(tmp_path / name, at=at) as stage:
            employ(stage)
            take_up(stage, offices.here, key)
        with open_stage(tmp_path / name, at=at) as stage:
            assert stage.services.config == 1
            yield stage

    with kiosk("before", NOW) as stage:
        stage.play(TRADER, until="work")
        assert stage.says("Penjual")
        stage.go_on(TRADER, until="nik")
        assert stage.says("Terus")
        stage.go_on(TRADER, until="done")
        (row,) = list_for_the_branch(stage)
        assert (row["kode_pekerjaan_1"], row["kode_kantor"]) == ("D-07", None)
        assert list(row)[2:4] == ["nik", "catatan cabang"]
        assert stage.services.data.tariff.version.startswith("2026-11-22")
    with kiosk("then", datetime(2027, 1, 1, 1, 0, tzinfo=UTC)) as stage:
        assert stage.services.data.tariff.version.startswith("2027-01-01")
        stage.play(TRADER, until="months")
        stage.tap("months-3")
        assert stage.says("Rp25.200")


def test_nothing_is_changed_while_the_draft_is_being_published(
    offices: Offices, place: Path, key: SigningKey
) -> None:
    offices.here.exchange(health=told())
    with at_page(place) as admin:
        say_otherwise(admin, "common.next", SAY("common.next"), id="Terus", en="Go on")
        admin.tap("openDraft")
        draft, kept = admin.app.console.config.draft, []

        def press() -> None:
            if draft.stage:
                admin.app.console.data.sentences.takeBack()
                kept.append((draft.content.texts["id"], admin.app.console.notice))

        draft.changed.connect(press)
        publish_it(admin, offices.here.number)
        assert kept
        assert all(one == ({"common.next": "Terus"}, SAY("console.parts.busy")) for one in kept)
        assert admin.says(SAY("console.config.published", version=1))
