"""What the centre refuses about configurations, orders and diagnostics; on one centre for all."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg.types.json import Jsonb

from central.enrolled import console_of
from central.fixtures import Centres
from central.kiosks import Kiosk, Kiosks
from central.publishing import Admin, signing_key
from kiosk.central.failures import CentreFailure
from kiosk.domain.fleet import CommandKind
from kiosk.fleet import bundle, order


@dataclass(frozen=True)
class Shared:
    """A centre where a version is on trial at the first kiosk."""

    admin: Admin
    first: Kiosk
    other: Kiosk


@pytest.fixture(scope="module")
def shared(centres: Centres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with centres.new() as centre:
        kiosks = Kiosks(centre)
        admin = Admin(console_of(centre, tmp_path_factory.mktemp("console")), signing_key())
        made = Shared(admin, kiosks.add("10957"), kiosks.add("10958"))
        admin.publish(made.first.number, silence_s=60)
        yield made
        kiosks.close()


@pytest.fixture
def admin(shared: Shared) -> Admin:
    return shared.admin


@pytest.fixture
def first(shared: Shared) -> Kiosk:
    return shared.first


@pytest.fixture
def others(shared: Shared) -> list[Kiosk]:
    return [shared.other]


@pytest.mark.parametrize(
    "document",
    [b"", b"{", b"[]", b"\xff", b'{"version":1,"base":1}', b'{"a":"' + b"x" * 1_048_576 + b'"}'],
    ids=["empty", "half", "a list", "not text", "another version", "too large"],
)
def test_what_is_no_document_is_refused(admin: Admin, first: Kiosk, document: bytes) -> None:
    with pytest.raises(CentreFailure) as refused, admin.console.transaction() as connection:
        admin.console.call(
            connection, "publish", document, admin.key.sign(document), first.number, 1, 0
        )
    assert refused.value.code == "C 32"


@pytest.mark.parametrize(
    ("kind", "message"), [("erase", ""), ("lock", "x" * 201), ("sync", "hello"), ("lock", "a\nb")]
)
def test_no_other_order_is_given(admin: Admin, first: Kiosk, kind: str, message: str) -> None:
    with pytest.raises(CentreFailure) as refused, admin.console.transaction() as connection:
        admin.console.call(connection, "command", first.number, kind, message)
    assert refused.value.code == "C 32"


@pytest.mark.parametrize("wrong", ["nobody asked", "another's", "too large", "no base64"])
def test_no_other_diagnostics_are_kept(
    admin: Admin, first: Kiosk, others: list[Kiosk], wrong: str
) -> None:
    id_ = order(admin.console, first.number, CommandKind.DIAGNOSTICS)
    who = others[0] if wrong == "another's" else first
    content = {"too large": "A" * 699_056, "no base64": "!"}.get(wrong, "QUJD")
    asked = {"id": id_ + (wrong == "nobody asked"), "content": content}
    assert who.call(asked, "put_bundle") == {"outcome": "refused"}
    assert bundle(admin.console, id_) is None


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM centre.config",
        "UPDATE centre.config SET state = 'published'",
        "INSERT INTO centre.command (kiosk_id, kind) SELECT gen_random_uuid(), 'lock'",
        "SELECT console_api.publish('', '', '', 0, 0)",
        "SELECT console_api.command('10918', 'lock', '')",
        "SELECT console_api.move('10917', '36.04.10')",
        "SELECT console_api.config(NULL)",
        "SELECT centre.judge_trial()",
        "SELECT content FROM centre.bundle",
    ],
)
def test_a_kiosks_login_can_do_none_of_it(admin: Admin, first: Kiosk, attack: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        first.connection.execute(attack)


def test_a_kiosk_cannot_ask_for_what_is_on_trial_elsewhere(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    for have in (0, -1, 0.5, "0", None, 10**14):
        request = Jsonb({"have": have, "number": first.number, "kiosk": first.id})
        found = (
            others[0].connection.execute("SELECT kiosk_api.fetch_config(%s)", (request,)).fetchone()
        )
        assert found == ({},)
