"""What the kiosk hashes is letter for letter what PostgreSQL prints."""

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.sync.payload import canonical

if TYPE_CHECKING:
    import psycopg
    from central.cluster import Cluster

# jsonb holds no NUL, and UTF-8 no half of a surrogate pair.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    TEXT | st.integers(-(10**30), 10**30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=6),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def postgres(cluster: "Cluster") -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    with cluster.connect() as connection:
        yield connection


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(value=VALUES)
@example(value={"bb": 1, "a": '\x01\x1f\x7f"\\/\b\f\n\r\t', "é": "😀", "zz": ["", {}, []]})
@example(value={"é": 1, "zz": 2, "a": 3, "\x7f": 4, "aa": 5})
def test_the_text_and_hash_of_a_record_are_those_of_postgresql(
    postgres: "psycopg.Connection[tuple[Any, ...]]", value: Any
) -> None:
    sent = json.dumps(value, ensure_ascii=False)
    row = postgres.execute(
        "SELECT v::text, encode(sha256(convert_to(v::text, 'UTF8')), 'hex')"
        " FROM (SELECT %s::jsonb AS v) AS given",
        [sent],
    ).fetchone()
    text = canonical(value)
    assert row == (text, hashlib.sha256(text.encode()).hexdigest())
