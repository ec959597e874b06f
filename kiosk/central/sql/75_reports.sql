-- Numbers alone: what kiosks send of them, and what a report is made of
-- (docs/decisions/0059-reports.md). A day is one of Western Indonesian Time.

-- Keep what a kiosk counted: each day in place of what was known of it, each slip by its
-- registration. A visit belongs to the office that the kiosk stands in when it tells. Returns whether
-- it could be kept; nothing of it stops the records beside it.
CREATE OR REPLACE FUNCTION centre.keep_numbers(kiosk uuid, said jsonb)
RETURNS bool LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    known int;
BEGIN
    IF jsonb_typeof(said -> 'days') IS DISTINCT FROM 'array'
        OR jsonb_typeof(said -> 'slips') IS DISTINCT FROM 'array'
        OR jsonb_array_length(said -> 'days') > 31 OR jsonb_array_length(said -> 'slips') > 1000
        OR pg_column_size(said) > 1000000
        OR EXISTS (SELECT FROM jsonb_array_elements(said -> 'days') d
            WHERE NOT coalesce(centre.is_date(d ->> 'day'), false)
                OR jsonb_typeof(d -> 'rows') IS DISTINCT FROM 'array'
                OR jsonb_array_length(d -> 'rows') > 2000) THEN
        RETURN false;
    END IF;
    WITH gone AS (
        DELETE FROM centre.funnel f USING jsonb_array_elements(said -> 'days') d
        WHERE f.kiosk_id = kiosk AND f.day = d ->> 'day' RETURNING f.day
    )
    SELECT count(DISTINCT g.day) INTO known FROM gone g;
    INSERT INTO centre.funnel (kiosk_id, day, purpose, segment_id, dinas, step,
        reached, passed, given_up, spent_ms, office)
    SELECT kiosk, d ->> 'day', left(r ->> 0, 40), left(r ->> 1, 60), left(r ->> 2, 200),
        left(r ->> 3, 40), centre.whole(r -> 4), centre.whole(r -> 5), centre.whole(r -> 6),
        centre.whole(r -> 7), (SELECT k.office FROM centre.kiosk k WHERE k.id = kiosk)
    FROM jsonb_array_elements(said -> 'days') d CROSS JOIN jsonb_array_elements(d -> 'rows') r;
    -- Of a kiosk the latest 800 days stay, so that one that lies cannot fill the disk.
    IF known < jsonb_array_length(said -> 'days') THEN
        DELETE FROM centre.funnel f WHERE f.kiosk_id = kiosk AND f.day <= (
            SELECT DISTINCT l.day FROM centre.funnel l WHERE l.kiosk_id = kiosk
            ORDER BY l.day DESC OFFSET 800 LIMIT 1);
    END IF;
    INSERT INTO centre.slip_out (registration_id, kiosk_id)
    SELECT r.id, kiosk FROM jsonb_array_elements(said -> 'slips') s
    JOIN centre.registration r ON r.id = (s ->> 0)::uuid AND r.kiosk_id = kiosk
    WHERE s -> 1 = 'true' ON CONFLICT DO NOTHING;
    DELETE FROM centre.slip_out o USING jsonb_array_elements(said -> 'slips') s
    WHERE o.registration_id = (s ->> 0)::uuid AND o.kiosk_id = kiosk AND s -> 1 = 'false';
    RETURN true;
EXCEPTION
    WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN RAISE;
    WHEN OTHERS THEN RETURN false;
END $$;

-- When a day of Western Indonesian Time begins, as kiosks write times. 22007 or 22008 for no day.
CREATE OR REPLACE FUNCTION centre.begins(day text)
RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF NOT coalesce(centre.is_date(day), false) THEN
        RAISE EXCEPTION USING ERRCODE = '22007', MESSAGE = 'a day is written like 2026-11-27';
    END IF;
    RETURN to_char(make_date(substr(day, 1, 4)::int, substr(day, 6, 2)::int,
        substr(day, 9, 2)::int) - 1, 'YYYY-MM-DD') || 'T17:00:00.000000+00:00';
END $$;

-- The registrations of the days from one to another, both included, five ways: by day, segment,
-- office, desa and kiosk, each with its dinas. Returns rows of the way's name, dinas, the part's
-- name, and how many were registered (void ones are not), have their slip, have paid, are members,
-- were rejected, and are void. The sum over the parts of any way is the dinas' total.
CREATE OR REPLACE FUNCTION report_api.counts(from_day text, to_day text)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
SET work_mem = '64MB'
AS $$
DECLARE
    caller centre.staff := centre.person_calling('report', 'kabupaten_admin');
    first text COLLATE "C" := centre.begins(from_day);
    beyond text COLLATE "C" := centre.begins(to_char(to_day::date + 1, 'YYYY-MM-DD'));
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_array(c.way, c.dinas, c.part, c.registered,
            c.slip_out, c.paid, c.member, c.rejected, c.void)), '[]')
        FROM (
            SELECT r.dinas,
                CASE WHEN grouping(r.local_day) = 0 THEN 'day'
                    WHEN grouping(r.segment_id) = 0 THEN 'segment'
                    WHEN grouping(r.office) = 0 THEN 'office'
                    WHEN grouping(r.desa_code) = 0 THEN 'desa'
                    ELSE 'kiosk' END AS way,
                CASE WHEN grouping(r.local_day) = 0 THEN r.local_day
                    WHEN grouping(r.segment_id) = 0 THEN r.segment_id
                    WHEN grouping(r.office) = 0 THEN r.office
                    WHEN grouping(r.desa_code) = 0 THEN r.desa_code
                    ELSE (SELECT k.number FROM centre.kiosk k WHERE k.id = r.kiosk_id)
                    END AS part,
                count(*) FILTER (WHERE r.status <> 'void') AS registered,
                count(*) FILTER (WHERE r.status <> 'void' AND r.is_out) AS slip_out,
                count(*) FILTER (WHERE r.status IN ('paid', 'member')) AS paid,
                count(*) FILTER (WHERE r.status = 'member') AS member,
                count(*) FILTER (WHERE r.status = 'rejected') AS rejected,
                count(*) FILTER (WHERE r.status = 'void') AS void
            FROM (
                SELECT r.dinas, r.segment_id, r.office, r.desa_code, r.kiosk_id, r.status,
                    o.registration_id IS NOT NULL AS is_out,
                    CASE
                        WHEN substr(r.registered_at, 12, 2) < '17' OR NOT centre.is_date(r.day)
                            THEN r.day
                        ELSE to_char(r.day::date + 1, 'YYYY-MM-DD') END AS local_day
                FROM centre.registration r LEFT JOIN centre.slip_out o
                    ON o.registration_id = r.id AND o.kiosk_id = r.kiosk_id
                WHERE r.registered_at COLLATE "C" >= first
                    AND r.registered_at COLLATE "C" < beyond
            ) r
            GROUP BY GROUPING SETS ((r.dinas, r.local_day), (r.dinas, r.segment_id),
                (r.dinas, r.office), (r.dinas, r.desa_code), (r.dinas, r.kiosk_id))
        ) c);
END $$;

-- How far visits came on these days. Returns "steps": rows of purpose, dinas, step, reached,
-- passed, given up, milliseconds of those that passed; and "begun": rows of a way (day, segment,
-- office, kiosk), dinas, the part's name, and how many visits began to register.
CREATE OR REPLACE FUNCTION report_api.funnel(from_day text, to_day text)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('report', 'kabupaten_admin');
BEGIN
    RETURN jsonb_build_object('steps', (
        SELECT coalesce(jsonb_agg(jsonb_build_array(s.purpose, s.dinas, s.step, s.reached,
            s.passed, s.given_up, s.spent_ms)), '[]')
        FROM (
            SELECT f.purpose, f.dinas, f.step, sum(f.reached) AS reached, sum(f.passed) AS passed,
                sum(f.given_up) AS given_up, sum(f.spent_ms) AS spent_ms
            FROM centre.funnel f WHERE f.day BETWEEN from_day AND to_day GROUP BY 1, 2, 3
        ) s
    ), 'begun', (
        SELECT coalesce(jsonb_agg(jsonb_build_array(b.way, b.dinas, b.part, b.begun)), '[]')
        FROM (
            SELECT CASE WHEN grouping(f.day) = 0 THEN 'day'
                    WHEN grouping(f.segment_id) = 0 THEN 'segment'
                    WHEN grouping(f.office) = 0 THEN 'office' ELSE 'kiosk' END AS way,
                f.dinas, coalesce(f.day, f.segment_id, f.office, k.number) AS part,
                sum(f.reached) AS begun
            FROM centre.funnel f JOIN centre.kiosk k ON k.id = f.kiosk_id
            WHERE f.day BETWEEN from_day AND to_day AND f.step = 'begun' AND f.purpose = 'register'
            GROUP BY GROUPING SETS ((f.dinas, f.day), (f.dinas, f.segment_id),
                (f.dinas, f.office), (f.dinas, k.number))
        ) b));
END $$;

-- Until which month those who have paid are paid up. Returns rows of dinas, office, the last month
-- that is paid (like 2026-11) and how many people.
CREATE OR REPLACE FUNCTION report_api.renewals()
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    caller centre.staff := centre.person_calling('report', 'kabupaten_admin');
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_array(c.dinas, c.office,
            lpad((c.last / 12)::text, 4, '0') || '-' || lpad((c.last % 12 + 1)::text, 2, '0'),
            c.people)), '[]')
        FROM (
            SELECT r.dinas, r.office, p.last, count(*) AS people
            FROM centre.registration r CROSS JOIN LATERAL (
                SELECT max(substr(p ->> 'first_month', 1, 4)::int * 12
                    + substr(p ->> 'first_month', 6, 2)::int + (p ->> 'months')::int - 2) AS last
                FROM jsonb_array_elements(r.payload -> 'payments') p
                WHERE p ->> 'first_month' ~ '^[0-9]{4}-[0-9]{2}$' AND p ->> 'months' ~ '^[0-9]{1,3}$'
            ) p
            WHERE r.status IN ('paid', 'member') AND p.last IS NOT NULL
            GROUP BY 1, 2, 3
        ) c);
END $$;

-- How far each dinas is with its year, up to a day: rows of dinas, target (null without one), and
-- how many registrations of that year are not void.
CREATE OR REPLACE FUNCTION report_api.targets(to_day text)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    caller centre.staff := centre.person_calling('report', 'kabupaten_admin');
    first text COLLATE "C" := centre.begins(left(to_day, 4) || '-01-01');
    beyond text COLLATE "C" := centre.begins(to_char(to_day::date + 1, 'YYYY-MM-DD'));
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_array(
            coalesce(t.dinas, r.dinas), t.count, coalesce(r.reached, 0))), '[]')
        FROM (
            SELECT r.dinas, count(*) AS reached FROM centre.registration r
            WHERE r.registered_at COLLATE "C" >= first AND r.registered_at COLLATE "C" < beyond
                AND r.status <> 'void'
            GROUP BY r.dinas
        ) r FULL JOIN (
            SELECT t.dinas, t.count FROM centre.target t WHERE t.year = left(to_day, 4)::int
        ) t ON t.dinas = r.dinas);
END $$;

-- The kiosks: how they are called in a report, and of which it may lack something. Returns rows of
-- number, name, office, whether it is at work, and when it was last seen (null for never).
CREATE OR REPLACE FUNCTION report_api.kiosks()
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('report', 'kabupaten_admin');
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_array(k.number, k.name, k.office,
            k.state IN ('active', 'locked'), k.last_seen_at) ORDER BY k.number), '[]')
        FROM centre.kiosk k);
END $$;

-- Set how many registrations a dinas should reach in a year; 0 takes the target away.
CREATE OR REPLACE FUNCTION console_api.set_target(of_dinas text, of_year int, wanted int)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(length(btrim(of_dinas)) BETWEEN 1 AND 200 AND of_year BETWEEN 2020 AND 2099
        AND wanted BETWEEN 0 AND 10000000, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'a target has a dinas, a year and a count';
    END IF;
    IF wanted = 0 THEN
        DELETE FROM centre.target t WHERE t.dinas = btrim(of_dinas) AND t.year = of_year;
    ELSE
        INSERT INTO centre.target AS t (dinas, year, count) VALUES (btrim(of_dinas), of_year, wanted)
        ON CONFLICT (dinas, year) DO UPDATE
        SET count = excluded.count, set_by = session_user, set_at = clock_timestamp();
    END IF;
    PERFORM centre.note('target_set', btrim(of_dinas),
        jsonb_build_object('year', of_year, 'count', wanted));
END $$;
