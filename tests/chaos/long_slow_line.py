"""A kiosk hands in over 64 kbit/s with 2 s there and back, of which packets are lost (make chaos).

As root: it needs networks of its own and /dev/net/tun.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LINE_BYTES_PER_S = 8_000


def _play(folder: Path, loss: float, records: int, control: str) -> Any:
    folders = (ROOT, ROOT / "tests", ROOT / "tests" / "storage")
    done = subprocess.run(
        [
            *(sys.executable, str(Path(__file__).with_name("slow_line_child.py"))),
            *(str(folder), str(loss), str(records), control),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("control", ["cubic", "bbr"])
@pytest.mark.parametrize(("loss", "records"), [(0.0, 240), (0.02, 240), (0.2, 60)])
def test_a_piece_gets_over_each_time(
    tmp_path: Path, loss: float, records: int, control: str
) -> None:
    said = _play(tmp_path, loss, records, control)
    waits = [records] + [waiting for _, waiting, _, _ in said["steps"]]
    assert said["equal"]
    assert waits == sorted(waits, reverse=True)
    answered = [size for _, _, came, size in said["steps"] if came == "Went"]
    share = sum(answered) / said["took_s"] / LINE_BYTES_PER_S
    print(
        f"\n{control}, loss {loss:.0%}: {records} records,"
        f" {sum(answered)} bytes in {said['took_s']:.0f} s"
        f" after a meeting of {said['meeting_s']:.0f} s and {said['learning_s']:.0f} s for the"
        f" first records: {share:.0%} of the line;"
        f" {len(answered)} exchanges, {len(said['steps']) - len(answered)} more were cut off"
    )
