"""A change from the centre that met what was on its way there."""

from pathlib import Path

from central.fixtures import Centre

from kiosk.central.outcomes import Done
from kiosk.sync.pace import Pace
from sync.at_work import at_work
from sync.five import supervisor_of


def test_a_change_is_carried_out_once_nothing_more_is_on_its_way(
    centre: Centre, tmp_path: Path
) -> None:
    with at_work(centre, tmp_path / "store") as kiosk:
        desk = supervisor_of(centre, tmp_path)
        _, changed = kiosk.register_many(2)
        kiosk.faults.lose_answers = 1
        kiosk.talk.once()
        assert isinstance(desk.change(changed, 1, {"phone": "081399990000"}, "nomor baru"), Done)
        desk.close()
        # The other one alone: the change comes while the changed one waits for its answer.
        kiosk.talk.pace = Pace(batch=1)
        kiosk.talk.once()
        assert kiosk.waits() == 1
        kiosk.drain()
        kiosk.assert_equal()
        assert kiosk.row(changed)["phone"] == "081399990000"
        assert kiosk.rows("incoming") == []
