"""Everything can be done by a keyboard plugged in, without touching the screen."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QKeyEvent
from PySide6.QtQuick import QQuickItem
from samples import load_texts

from .boxes import measure
from .conftest import Quiet
from .residents import DECLARATIONS, NAME, NIK, PHONE, SPOKEN_PHONE, STRANGER, TRADER, digits
from .stage import SCANNER_MS, OpenStage, Stage
from .tours import OF_A_BROKEN_STORE, TOURS, follow

SAY = load_texts().say
Key = Qt.Key
NUMBER = "109170000424"
CODES = (NUMBER, "BPU1.A b-9/'x", "3604095708850007")
ROLES = {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.EditableText}
SIGNS = ".'-/,()&+:#_@"
INK, WHITE = QColor("#10292C"), QColor("#FFFFFF")


@pytest.fixture(autouse=True)
def _faults_are_wanted(quiet: Quiet) -> None:
    quiet.tolerate(*OF_A_BROKEN_STORE, "slip rejected")


def enter(stage: Stage, *names: str) -> None:
    """Walk to keys by Tab and press Enter on each."""
    for name in names:
        stage.walk_to(name)
        stage.hit(Key.Key_Return, "\r")
        stage.wait_until_idle()


def test_a_whole_visit_by_keyboard_alone(stage: Stage) -> None:
    stage.hit(Key.Key_Return, "\r")
    enter(stage, "register", "next")
    enter(stage, "work-dagang", "next", "job-pedagang_pasar", "next")
    stage.type(NIK)
    enter(stage, "next")
    stage.type(NAME.lower())
    enter(stage, "next", *TRADER["address"], "next", "phone-own")
    stage.type(PHONE)
    enter(stage, "next", *TRADER["place"], "next", "income-day")
    stage.type("40000")
    enter(stage, "next", *TRADER["programme"], "next", *TRADER["months"], "next")
    assert stage.says(NAME)
    assert stage.says(SPOKEN_PHONE)
    enter(stage, *DECLARATIONS, "next")
    assert stage.screen == "done"
    stage.wait_for_slip("unconfirmed")
    enter(stage, "tookSlip")
    assert stage.screen == "idle"


# ------------------------------------------------------------ typing


def test_small_letters_become_what_the_board_types_and_the_rest_is_left_out(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.type("siti 1é/ß😀. nu'man-")
    assert stage.says("SITI . NU'MAN")


def test_backspace_deletes_the_last_letter(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.type("SITIX")
    stage.hit(Key.Key_Backspace, "\b")
    stage.type(" A")
    assert stage.says("SITI A")


def test_a_pad_takes_digits_only(stage: Stage) -> None:
    stage.play(TRADER, until="phone")
    stage.tap("phone-own")
    stage.type("0a8-1 2é")
    stage.hit(Key.Key_Backspace, "\b")
    assert "081" in stage.words()


def test_figures_reach_an_address_from_either_layer(stage: Stage) -> None:
    stage.play(STRANGER, until="elsewhere")
    stage.type("jl. raya 1")
    stage.tap("letterOrder")
    stage.type("2/b #3")
    assert stage.says("JL. RAYA 12/B #3")
    enter(stage, "elsewherePostcode")
    stage.type("42391")
    assert stage.says("42391")
    assert stage.says("JL. RAYA 12/B #3")


def test_the_keys_type_the_birth_date_while_that_is_asked(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.type("siti")
    enter(stage, "changeBirthDate")
    stage.type("16 08 1985")
    assert stage.says("16 Agustus 1985")
    enter(stage, "backToName")
    stage.type("x")
    assert stage.says("SITIX")


def test_nothing_is_pasted(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    QGuiApplication.clipboard().setText("PASTED")
    control = Qt.KeyboardModifier.ControlModifier
    stage.clock.skip(1000)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        stage.send(QKeyEvent(kind, Key.Key_V, control, "v"))
    stage.send(QKeyEvent(QEvent.Type.KeyPress, Key.Key_A, Qt.KeyboardModifier.NoModifier, "AB"))
    stage.app.keyboard.settle()
    QGuiApplication.clipboard().clear()
    assert not stage.key("next").property("ready")
    assert not stage.says("PASTED")


def test_a_key_held_down_types_once_but_backspace_goes_on(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.type("SITI")
    none = Qt.KeyboardModifier.NoModifier
    for key, character in ((Key.Key_A, "a"), (Key.Key_Backspace, "\b")):
        stage.hit(key, character)
        for _ in range(2):
            stage.clock.skip(100)
            stage.send(QKeyEvent(QEvent.Type.KeyPress, key, none, character, autorep=True))
        stage.app.keyboard.settle()
    assert stage.says("SI")
    assert not stage.says("SIT")


def test_space_types_a_space_until_a_key_has_the_focus(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.type("siti a")
    stage.walk_to("letterM")
    stage.type("  ")
    assert stage.says("SITI AMM")


def test_what_is_typed_too_soon_was_meant_for_the_screen_before(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("edit-name")
    stage.hit(Key.Key_unknown, "X", after_ms=100)
    stage.app.keyboard.settle()
    stage.hit(Key.Key_Tab, after_ms=100)
    assert stage.focused() is None
    assert not stage.says(NAME + "X")
    stage.type("X")
    assert stage.says(NAME + "X")


@pytest.mark.parametrize(("key", "character"), [(Key.Key_Enter, "\r"), (Key.Key_Space, " ")])
def test_enter_and_space_start_a_visit(stage: Stage, key: Qt.Key, character: str) -> None:
    stage.hit(key, character)
    stage.app.keyboard.settle()
    assert stage.screen == "menu"
    assert stage.focused() is None


# ------------------------------------------------------------ from key to key


@pytest.mark.parametrize("name", TOURS)
def test_every_screen_is_walked_by_tab_and_deaf_to_a_scanner(
    open_kiosk: OpenStage, name: str
) -> None:
    tour = TOURS[name]
    stage = open_kiosk(changes=tour.changes)
    tour.prepare(stage)
    scanned: list[str] = []
    stage.app.keyboard.scanned.connect(scanned.append)
    for scene, keys in tour.scenes.items():
        follow(stage, keys)
        check_names(stage, scene)
        check_walk(stage, scene)
        check_scans(stage, scene, scanned)


def check_walk(stage: Stage, scene: str) -> None:
    """Tab goes to every key once, from top to bottom, and back."""
    assert stage.focused() is None
    # Of the fields only those in a pair can be chosen.
    # A field is measured without the label above it, so by its corner below.
    lone = [
        corner(area_of(one)) for one in stage.visitor.items() if one.property("choosable") is False
    ]
    keys = [key for key in measure(stage).keys if corner(key.place) not in lone]
    walked: list[QRectF] = []
    for _ in range(len(keys) + 2):
        stage.hit(Key.Key_Tab)
        place = focused_place(stage)
        if place in walked:
            break
        walked.append(place)
    assert place == walked[0], f"{scene}: the walk is no circle"
    corners = [corner(place) for place in walked]
    unreached = [key.name for key in keys if corner(key.place) not in corners]
    assert unreached == [], scene
    for before, after in pairwise(walked):
        assert after.bottom() > before.top(), f"{scene}: Tab goes up"
        assert after.top() >= before.bottom() or after.left() >= before.left(), scene
    stage.hit(Key.Key_Backtab)
    assert focused_place(stage) == walked[-1], scene
    stage.app.keyboard.unfocus()


def corner(area: QRectF) -> tuple[int, int]:
    return round(area.right()), round(area.bottom())


def check_names(stage: Stage, scene: str) -> None:
    """Every control has a name and a role for who cannot see it."""
    for item in stage.visitor.items():
        if item.activeFocusOnTab():
            interface = QAccessible.queryAccessibleInterface(item)
            spoken = interface.text(QAccessible.Text.Name)
            assert any(letter.isalnum() for letter in spoken) or spoken in SIGNS, scene
            assert interface.role() in ROLES, f"{scene}: {spoken}"


def check_scans(stage: Stage, scene: str, scanned: list[str]) -> None:
    """A scan types nothing, presses nothing and moves no focus."""
    before = what_is_seen(stage)
    for code in CODES:
        for end in (Key.Key_Return, Key.Key_Tab, None):
            stage.scan(code, end)
    assert stage.focused() is None, scene
    stage.hit(Key.Key_Backtab)
    focused = stage.focused()
    stage.scan("BPU1 A b")
    assert (what_is_seen(stage), stage.focused()) == (before, focused), scene
    assert scanned == [code for code in CODES for _ in range(3)] + ["BPU1 A b"], scene
    scanned.clear()
    stage.app.keyboard.unfocus()


def what_is_seen(stage: Stage) -> tuple[object, ...]:
    return stage.screen, stage.app.visit.state, sorted(stage.words())


def focused_place(stage: Stage) -> QRectF:
    return area_of(stage.app.window.activeFocusItem())


def area_of(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def test_a_lying_screen_is_walked_in_the_order_it_is_read(stage: Stage) -> None:
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    stage.play(TRADER, until="phone")
    walked = []
    for _ in range(24):
        stage.hit(Key.Key_Tab)
        walked.append(stage.focused())
    owners = ["phone-own", "phone-family", "phone-none"]
    pad = [*digits("123456789"), "addEmail", "padClear", "pad0", "padDelete"]
    strip = ["leave", "language", "textSize", "contrast", "help"]
    assert walked == [*owners, *pad, "back", *strip, "next", owners[0]]


def test_arrows_go_to_the_nearest_key(stage: Stage) -> None:
    stage.play(TRADER, until="nik")
    stage.walk_to("pad5")
    for arrow, reached in (
        (Key.Key_Left, "pad4"),
        (Key.Key_Left, "pad4"),
        (Key.Key_Down, "pad7"),
        (Key.Key_Right, "pad8"),
        (Key.Key_Down, "pad0"),
        (Key.Key_Down, "next"),
        (Key.Key_Left, "back"),
        (Key.Key_Up, "padClear"),
        (Key.Key_Right, "pad0"),
    ):
        stage.hit(arrow)
        assert stage.focused() == reached


def test_an_arrow_without_focus_begins_at_the_first_key(stage: Stage) -> None:
    stage.play(TRADER, until="phone")
    stage.hit(Key.Key_Down)
    assert stage.focused() == "phone-own"


def test_a_touch_takes_the_focus_away(stage: Stage) -> None:
    stage.play(TRADER, until="nik")
    stage.walk_to("pad5")
    stage.tap("pad1")
    assert stage.focused() is None


def test_a_setting_of_the_strip_can_be_pressed_again(stage: Stage) -> None:
    stage.walk_to("textSize")
    for _ in range(2):
        stage.hit(Key.Key_Return, "\r")
    assert stage.app.kiosk.text_step == 2


@pytest.mark.parametrize("contrast", [False, True])
@pytest.mark.parametrize("screen", ["idle", "menu", "name", "review", "elsewhere"])
def test_the_ring_around_the_focus_is_seen_whole(stage: Stage, screen: str, contrast: bool) -> None:
    if screen != "idle":
        stage.tap("start")
    if screen not in {"idle", "menu"}:
        stage.tap("register")
        stage.go_on(STRANGER, until=screen)
    if contrast:
        stage.tap("contrast")
    for _ in measure(stage).keys:
        stage.hit(Key.Key_Tab)
        picture = stage.visitor.picture()
        ring = stage.key("focusRing")
        area = area_of(ring)
        assert QRectF(0, 0, 1080, 1920).contains(area), stage.focused()
        colours = set(around(picture, area))
        wanted = [WHITE] if contrast else [INK, WHITE]
        assert colours in [{colour.name()} for colour in wanted], stage.focused()


def around(picture: QImage, area: QRectF) -> list[str]:
    """The colours in the middle of the ring's line, along its four sides."""
    line = area.adjusted(2, 2, -3, -3)
    shares = (0.3, 0.5, 0.7)
    across = [line.left() + share * line.width() for share in shares]
    along = [line.top() + share * line.height() for share in shares]
    points = [(x, y) for x in across for y in (line.top(), line.bottom())]
    points += [(x, y) for x in (line.left(), line.right()) for y in along]
    return [picture.pixelColor(round(x), round(y)).name() for x, y in points]


# ------------------------------------------------------------ the scanner


def test_a_scan_that_begins_before_the_screen_listens_is_one_too(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("edit-name")
    for character in NUMBER + "ABC":
        stage.hit(Key.Key_unknown, character, after_ms=30)
    stage.hit(Key.Key_Return, "\r", after_ms=30)
    assert stage.screen == "name"
    assert not stage.says(NAME + "A")


def test_what_a_scanner_sends_after_the_code_presses_nothing(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.walk_to("edit-name")
    stage.scan(NUMBER, None)
    for _ in range(2):
        stage.hit(Key.Key_Return, "\r", after_ms=60)
    assert stage.screen == "review"
    stage.hit(Key.Key_Return, "\r")
    assert stage.screen == "name"


def test_five_quick_letters_are_still_typed(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.type("S")
    stage.clock.skip(1000)
    stage.type("ITIAM", after_ms=SCANNER_MS)
    assert stage.says("SITIAM")


def test_typing_is_shown_without_another_key(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.hit(Key.Key_unknown, "s")
    stage.clock.skip(40)
    stage.visitor.wait_until(lambda: bool(stage.key("next").property("ready")))
    assert stage.says(SAY("name.one_letter"))


def test_a_quick_typist_is_no_scanner(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.clock.skip(1000)
    stage.type(NAME, after_ms=36)
    assert stage.says(NAME)


def test_a_shift_key_does_not_break_a_scan(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    scanned: list[str] = []
    stage.app.keyboard.scanned.connect(scanned.append)
    for character in "BPU1ABC":
        stage.hit(Key.Key_Shift, after_ms=5)
        stage.hit(Key.Key_unknown, character, after_ms=5)
    stage.hit(Key.Key_Return, "\r", after_ms=5)
    assert scanned == ["BPU1ABC"]
    assert not stage.key("next").property("ready")
