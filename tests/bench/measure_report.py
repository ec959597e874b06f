"""A report over a million registrations against one hand-written statement with the same totals.

Both on a safe cluster, one after the other on the same warm tables, over verified TLS as an office
reaches the centre; the report through its reader's login. What is compared is made sure to be
equal first.

    python tests/bench/measure_report.py [registrations]
"""

import statistics
import sys
import time
from datetime import date
from typing import Any

import psycopg
from central.cluster import running_cluster
from central.fixtures import TEMPLATE, Centre, Centres, install_centre
from central.kiosks import record
from central.reader import LOGIN, SECRET, make_reader
from psycopg.types.json import Jsonb
from samples import NOW

from kiosk.domain.report import Numbers, Source, Span, make_report

REGISTRATIONS, ROUNDS, KIOSKS = 1_000_000, 5, 29
BEGIN, END = "2026-01-01", "2026-12-31"

KIOSK = """
    INSERT INTO centre.kiosk (id, number, role_name, name, office, state)
    SELECT gen_random_uuid(), (20000 + i)::text, 'kiosk_' || 20000 + i, 'Anjungan ' || i,
        '36.04.' || lpad(i::text, 2, '0'), 'active' FROM generate_series(1, %s) i
"""
FILL = """
    INSERT INTO centre.registration (id, kiosk_id, office, number, kiosk_number, incarnation,
        counter, registered_at, day, status, revision, segment_id, dinas, desa_code, payload, hash,
        receipt)
    SELECT gen_random_uuid(), k.id, k.office, lpad(i::text, 12, '0'), k.number, 'x', i,
        to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), to_char(at, 'YYYY-MM-DD'),
        (ARRAY['registered', 'handed_over', 'accepted', 'paid', 'member', 'member', 'rejected',
            'void'])[1 + i %% 8],
        1, 'segment' || i %% 13, 'DINAS' || (i %% 13) %% 10,
        k.office || '.' || 2001 + i / 29 %% 12, %s::jsonb, '', i
    FROM generate_series(1, %s) i JOIN centre.kiosk k ON k.number = (20001 + i %% 29)::text
    CROSS JOIN LATERAL (SELECT timestamp '2026-01-01'
        + (i * 7919::bigint %% 31500000) * interval '1 second' AS at) t
"""
SLIPS = """
    INSERT INTO centre.slip_out SELECT id, kiosk_id FROM centre.registration
    WHERE counter % 10 < 9
"""
BY_HAND = """
    SELECT dinas, day, segment_id, office, desa_code, number,
        count(*) FILTER (WHERE status <> 'void'),
        count(*) FILTER (WHERE status <> 'void' AND is_out),
        count(*) FILTER (WHERE status IN ('paid', 'member')),
        count(*) FILTER (WHERE status = 'member'), count(*) FILTER (WHERE status = 'rejected'),
        count(*) FILTER (WHERE status = 'void')
    FROM (
        SELECT r.dinas, r.segment_id, r.office, r.desa_code, k.number, r.status,
            o.registration_id IS NOT NULL AS is_out,
            ((r.day || ' ' || substr(r.registered_at, 12, 8))::timestamp
                + interval '7 hours')::date::text AS day
        FROM centre.registration r JOIN centre.kiosk k ON k.id = r.kiosk_id
        LEFT JOIN centre.slip_out o ON o.registration_id = r.id
        WHERE r.registered_at >= '2025-12-31T17' AND r.registered_at < '2026-12-31T17'
    ) r
    GROUP BY GROUPING SETS ((dinas, day), (dinas, segment_id), (dinas, office),
        (dinas, desa_code), (dinas, number))
"""
REPORT = "SELECT report_api.counts(%s, %s)"
OTHERS = (
    "SELECT report_api.renewals()",
    "SELECT report_api.targets('2026-12-31')",
    "SELECT report_api.funnel('2026-01-01', '2026-12-31')",
)
FUNNEL = """
    INSERT INTO centre.funnel SELECT k.id, to_char(d, 'YYYY-MM-DD'), 'register', 'segment' || s,
        'DINAS' || s % 10, 'step' || t, 9, 8, 1, 99999
    FROM centre.kiosk k, generate_series(timestamp '2026-01-01', '2026-12-31', '1 day') d,
        generate_series(0, 12) s, generate_series(0, 17) t WHERE extract(dow FROM d) BETWEEN 1 AND 5
"""


def fill(centre: Centre, registrations: int) -> None:
    """People of a whole year, spread over 29 kiosks, ten dinas and all states."""
    sample = record("20001", 1)
    payment = {"channel": "bank", "reference": "", "paid_on": "2026-11-01", "at": "2026-11-01"}
    payload = {
        "row": sample["row"],
        "payments": [{**payment, "first_month": "2026-11", "months": 3}],
        "corrections": [],
    }
    with centre.connect() as owner:
        owner.execute(KIOSK, (KIOSKS,))
        owner.execute(FILL, (Jsonb(payload), registrations))
        owner.execute(SLIPS.encode())
        owner.execute(FUNNEL.encode())
        owner.execute("VACUUM ANALYZE")
    make_reader(centre)


def timed(connection: "psycopg.Connection[Any]", asked: str, *values: str) -> tuple[float, Any]:
    """Seconds until all is read, and what was said."""
    begun = time.perf_counter()
    said = connection.execute(asked.encode(), values or None).fetchall()
    return time.perf_counter() - begun, said


def totals(rows: Any) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The same by dinas and part, whichever way they came."""
    return {
        (dinas, next(part for part in parts if part is not None)): tuple(counts)
        for dinas, *parts, counts in (
            (row[0], *row[1:6], tuple(row[6:])) if len(row) == 12 else (row[1], row[2], row[3:])
            for row in rows
        )
    }


def main(registrations: int) -> None:
    """Measure, and say what was found."""
    with running_cluster(safe=True) as cluster:
        with cluster.connect() as owner:
            owner.execute(f"CREATE DATABASE {TEMPLATE}")
        install_centre(cluster.url(TEMPLATE, sslmode="disable"))
        with Centres(cluster).new() as centre:
            fill(centre, registrations)
            with (
                psycopg.connect(centre.url(LOGIN, SECRET), autocommit=True) as reader,
                psycopg.connect(
                    centre.owner_url.replace("sslmode=disable", "sslmode=require"), autocommit=True
                ) as owner,
            ):
                compare(reader, owner)


def compare(reader: "psycopg.Connection[Any]", owner: "psycopg.Connection[Any]") -> None:
    """Both in turn."""
    took: dict[str, list[float]] = {"report": [], "by hand": []}
    for at in range(ROUNDS + 1):
        by_hand_s, rows = timed(owner, BY_HAND)
        report_s, said = timed(reader, REPORT, BEGIN, END)
        assert totals(rows) == totals(said[0][0]), "the totals differ"
        if at:
            took["by hand"].append(by_hand_s)
            took["report"].append(report_s)
    for name, times in took.items():
        print(f"{name}: median {statistics.median(times):.2f} s, {min(times):.2f}-{max(times):.2f}")
    medians = [statistics.median(times) for times in took.values()]
    print(f"report / by hand: {medians[0] / medians[1]:.2f} (goal <= 1.5)")
    for asked in OTHERS:
        print(f"{asked}: {timed(reader, asked)[0]:.2f} s")
    begun = time.perf_counter()
    span = Span(date.fromisoformat(BEGIN), date.fromisoformat(END))
    make_report(Numbers(said[0][0]), span, NOW, Source.CENTRE, "Serang")
    print(f"put in order by the program: {time.perf_counter() - begun:.2f} s; rows {len(rows)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REGISTRATIONS)
