"""What becomes of what a kiosk hands in."""

from central.fixtures import Centre
from central.kiosks import Kiosks, outcomes


def test_new_records_are_stored_with_running_receipts(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    reply = kiosk.exchange(*(kiosk.record(counter) for counter in range(3)))
    assert outcomes(reply) == [("stored", 1, ""), ("stored", 2, ""), ("stored", 3, "")]
    with centre.connect() as owner:
        assert owner.execute("SELECT count(*) FROM centre.person").fetchone() == (3,)
