"""What is registered here comes to the centre, once, and is said to be there only then."""

from kiosk.domain.centre import Link
from kiosk.domain.desk import Transfer
from kiosk.sync.talk import Went
from sync.office import KioskAtCentre, Row


def transfer_of(kiosk: KioskAtCentre, id_: str) -> Transfer:
    with kiosk.store.reading() as record:
        line = record.desk.line(id_, kiosk.clock.now())
    assert line is not None
    return line.transfer


def test_what_is_registered_comes_to_the_centre_as_it_stands_here(kiosk: KioskAtCentre) -> None:
    ids = kiosk.register(3)
    assert transfer_of(kiosk, ids[0]) is Transfer.ON_THIS_KIOSK
    assert isinstance(kiosk.hand_in(), Went)
    assert {id_: there["row"] for id_, there in kiosk.at_centre().items()} == {
        id_: kiosk.row(id_) for id_ in ids
    }
    assert transfer_of(kiosk, ids[0]) is Transfer.AT_THE_CENTRE
    status = kiosk.status()
    assert (status.link, status.waiting, status.parked) == (Link.REACHED, 0, 0)
    receipts: list[Row] = kiosk.rows("receipt")
    assert sorted(one["receipt"] for one in receipts) == [1, 2, 3]
