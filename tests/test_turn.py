"""Two programs have the same store open: each slip is printed once."""

from pathlib import Path

from kiosk.turn import PRINTING, Turn


def test_one_has_the_turn_until_it_gives_it_up(tmp_path: Path) -> None:
    kiosk, desk = Turn(tmp_path, PRINTING), Turn(tmp_path, PRINTING)
    assert kiosk()
    assert kiosk()
    assert not desk()
    kiosk.give_up()
    assert desk()
    assert not kiosk()
    desk.give_up()


def test_a_lock_file_left_behind_keeps_nobody_from_printing(tmp_path: Path) -> None:
    (tmp_path / PRINTING).touch()
    turn = Turn(tmp_path, PRINTING)
    assert turn()
    turn.give_up()
