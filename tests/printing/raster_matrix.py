"""Every layout, language, name, original and copy on every printer; a quarter of an hour.

`.venv/bin/python -m pytest -q -s tests/printing/raster_matrix.py` prints the rates.
"""

import pytest
from raster import DEVICES, SLIPS, Device, read_on

VIEWS = range(100, 110)


@pytest.mark.parametrize("device", DEVICES, ids=str)
def test_every_slip_is_read_from_every_printer(device: Device) -> None:
    rates = read_on(device, SLIPS, VIEWS)
    print(f"\n{rates}", end="", flush=True)
    assert rates.good, str(rates)
