"""Two PostgreSQL servers, of which the second has every commit before the first says so."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from central.cluster import Cluster, cluster_folders
from central.waiting import until

STANDBY = "s1"


@dataclass
class Pair:
    """A primary and its synchronous standby, both running."""

    primary: Cluster
    standby: Cluster

    @property
    def ports(self) -> tuple[int, int]:
        """In the order in which a kiosk tries them."""
        return self.primary.port, self.standby.port

    def freeze(self) -> None:
        """Let nothing reach the standby any more; the primary does not notice."""
        with self.primary.connect() as owner:
            row = owner.execute("SELECT pid FROM pg_stat_replication").fetchone()
        assert row is not None
        self._sender = int(row[0])
        os.kill(self._sender, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let replication go on."""
        os.kill(self._sender, signal.SIGCONT)

    def waiting(self) -> list[int]:
        """The process ids of those who wait in COMMIT for the standby."""
        with self.primary.connect() as owner:
            rows = owner.execute("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            return [int(pid) for (pid,) in rows]


@contextmanager
def running_pair(prepare: Callable[[Cluster], None]) -> Iterator[Pair]:
    """A pair with synchronous replication; `prepare` fills the primary before it is copied."""
    with cluster_folders(2) as (first, second):
        primary, standby = Cluster(first, safe=True), Cluster(second, safe=True)
        try:
            primary.create()
            primary.start()
            prepare(primary)
            standby.create_standby_of(primary, STANDBY)
            standby.start()
            primary.write_settings(
                synchronous_standby_names=f"FIRST 1 ({STANDBY})", synchronous_commit="remote_apply"
            )
            primary.reload()
            until(lambda: _is_synchronous(primary))
            yield Pair(primary, standby)
        finally:
            standby.stop(signal.SIGQUIT)
            primary.kill()


def _is_synchronous(primary: Cluster) -> bool:
    with primary.connect() as owner:
        row = owner.execute("SELECT sync_state FROM pg_stat_replication").fetchone()
    return row == ("sync",)
