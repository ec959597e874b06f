"""What another process does to a store: python child.py <act> <folder>."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from samples import KEY, StillClock, make_application, nik_of

from kiosk.registration import Registered, register
from kiosk.storage.engine import STORE_FILE, StoreFailure
from kiosk.storage.store import Store, open_store

CLOCK = StillClock()


def register_one(store: Store, serial: int) -> str:
    outcome = register(store, make_application(f"draft {serial}", nik=nik_of(serial)), CLOCK)
    if not isinstance(outcome, Registered):
        raise TypeError("this person is registered already")
    return outcome.registration.number


def wait_to_be_killed(said: str) -> None:
    print(said, flush=True)
    sys.stdin.read()


def register_and_wait(folder: Path) -> None:
    wait_to_be_killed(register_one(open_store(folder, KEY), 1))


def register_many(folder: Path) -> None:
    store = open_store(folder, KEY)
    numbers = {register_one(store, serial) for serial in range(101, 121)}
    store.close()
    print(len(numbers))


def wait_before_the_commit(folder: Path) -> None:
    with open_store(folder, KEY).transaction() as record:
        identity = record.identity()
        record.save_draft("half", {"name": "X"}, CLOCK.now())
        wait_to_be_killed(identity.kiosk_number)


def tell_what_opening_imports(folder: Path) -> None:
    open_store(folder, KEY).close()
    print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))


def register_on_a_full_disk(folder: Path) -> None:
    """Let files grow by no more than a little; register until that is used up, then make room."""
    store = open_store(folder, KEY)
    written, code = 0, ""
    wal = folder / f"{STORE_FILE}-wal"
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 100_000, unlimited[1]))
    try:
        while written < 1000:
            register_one(store, written + 1)
            written += 1
    except StoreFailure as full:
        code = full.code
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    again = register_one(store, written + 1)
    store.close()
    print(json.dumps({"written": written, "code": code, "again": again}))


def open_on_a_full_disk(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, resource.RLIM_INFINITY))
    try:
        open_store(folder, KEY)
    except StoreFailure as full:
        print(full.code)


ACTS: dict[str, Callable[[Path], None]] = {
    act.__name__: act
    for act in (
        register_and_wait,
        register_many,
        wait_before_the_commit,
        tell_what_opening_imports,
        register_on_a_full_disk,
        open_on_a_full_disk,
    )
}

if __name__ == "__main__":
    ACTS[sys.argv[1]](Path(sys.argv[2]))
