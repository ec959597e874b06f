-- Comparing what a kiosk has with what the centre has of it, and giving it back.

-- What the centre has of a kiosk's day: how many, and their hash (contract with
-- kiosk/sync/reconciling.py): sha256 over "id:revision:hash" lines, sorted by id.
CREATE OR REPLACE FUNCTION centre.day_of(
    kiosk uuid, asked text, OUT records int, OUT hash text)
LANGUAGE sql STABLE AS $$
    SELECT count(*)::int, encode(sha256(convert_to(coalesce(string_agg(
        r.id::text || ':' || r.revision || ':' || encode(r.hash, 'hex') || chr(10), ''
        ORDER BY r.id::text COLLATE "C"), ''), 'UTF8')), 'hex')
    FROM centre.registration r WHERE r.kiosk_id = kiosk AND r.day = asked;
$$;

-- The days that differ, of those the kiosk names.
CREATE OR REPLACE FUNCTION centre.differing_days(kiosk uuid, days jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    differing jsonb;
BEGIN
    WITH said AS (
        SELECT d.key AS day, centre.whole(d.value -> 0) AS records, d.value ->> 1 AS hash
        FROM jsonb_each(days) AS d
        WHERE d.key ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    ), compared AS (
        SELECT s.day, least(s.records, 2000000000)::int AS theirs, o.records AS ours,
            s.records IS NOT DISTINCT FROM o.records AND s.hash IS NOT DISTINCT FROM o.hash AS same
        FROM said s CROSS JOIN LATERAL centre.day_of(kiosk, s.day) o
    ), noted AS (
        INSERT INTO centre.reconciliation AS c (kiosk_id, day, kiosk_count, centre_count, equal)
        SELECT kiosk, x.day, coalesce(x.theirs, 0), x.ours, x.same FROM compared x
        ON CONFLICT (kiosk_id, day) DO UPDATE SET asked_at = clock_timestamp(),
            kiosk_count = excluded.kiosk_count, centre_count = excluded.centre_count,
            equal = excluded.equal
    )
    SELECT coalesce(jsonb_agg(x.day ORDER BY x.day) FILTER (WHERE NOT x.same), '[]')
    INTO differing FROM compared x;
    RETURN jsonb_build_object('differ', differing);
END $$;

-- What differs in one day: ids the centre lacks, ids with another content, ids the kiosk lacks.
CREATE OR REPLACE FUNCTION centre.differing_records(kiosk uuid, asked text, records jsonb, kept_there jsonb)
RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH said AS (
        SELECT s.key AS id, s.value -> 0 AS revision, s.value ->> 1 AS hash
        FROM jsonb_each(records) AS s
    ), ours AS (
        SELECT r.id::text AS id, r.revision, encode(r.hash, 'hex') AS hash
        FROM centre.registration r WHERE r.kiosk_id = kiosk AND r.day = asked
    ), compared AS (
        SELECT coalesce(s.id, o.id) AS id, CASE
            WHEN s.id IS NULL THEN 'only_here'
            WHEN o.id IS NULL AND EXISTS (SELECT FROM centre.erased e
                WHERE e.kiosk_id = kiosk AND e.registration_id::text = s.id) THEN 'erased'
            WHEN o.id IS NULL THEN 'missing'
            WHEN s.revision IS DISTINCT FROM to_jsonb(o.revision) OR s.hash IS DISTINCT FROM o.hash
                THEN 'other'
            ELSE 'same' END AS is
        FROM said s FULL JOIN ours o ON o.id = s.id
    )
    SELECT jsonb_build_object(
        'missing', coalesce(jsonb_agg(c.id ORDER BY c.id) FILTER (WHERE c.is = 'missing'), '[]'),
        'other', coalesce(jsonb_agg(c.id ORDER BY c.id) FILTER (WHERE c.is = 'other'), '[]'),
        'only_here', coalesce(jsonb_agg(c.id ORDER BY c.id) FILTER (
            WHERE c.is = 'only_here' AND NOT coalesce(kept_there ? c.id, false)), '[]'))
    FROM compared c;
$$;

CREATE OR REPLACE FUNCTION kiosk_api.reconcile(request jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET standard_conforming_strings = on
SET client_min_messages = warning
SET jit = off
AS $$
DECLARE
    me centre.kiosk := centre.kiosk_calling();
BEGIN
    IF jsonb_typeof(request -> 'days') = 'object' THEN
        RETURN centre.differing_days(me.id, request -> 'days');
    ELSIF jsonb_typeof(request -> 'records') = 'object' AND request ->> 'day' IS NOT NULL THEN
        RETURN centre.differing_records(
            me.id, request ->> 'day', request -> 'records', request -> 'kept_there');
    END IF;
    RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'a reconciliation names days, or one day''s records';
END $$;

-- The kiosk's own records, for one whose store and journal are both gone; only while an admin has
-- opened it (42501 otherwise), at most 500 at a time, in the order of their receipts.
CREATE OR REPLACE FUNCTION kiosk_api.recover(after_receipt bigint, max_records int) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET standard_conforming_strings = on
SET client_min_messages = warning
SET jit = off
AS $$
DECLARE
    me centre.kiosk := centre.kiosk_calling();
    found jsonb;
BEGIN
    IF me.recovery_until IS NULL OR me.recovery_until < clock_timestamp() THEN
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'no admin has opened a recovery';
    END IF;
    INSERT INTO centre.audit (action, subject, details)
    VALUES ('recovered', me.number, jsonb_build_object('after_receipt', after_receipt));
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'revision', r.revision,
        'receipt', r.receipt) || r.payload ORDER BY r.receipt), '[]') INTO found
    FROM (
        SELECT r.* FROM centre.registration r
        WHERE r.kiosk_id = me.id AND r.receipt > coalesce(after_receipt, 0)
        ORDER BY r.receipt LIMIT least(greatest(coalesce(max_records, 0), 0), 500)
    ) r;
    RETURN jsonb_build_object('records', found);
END $$;

GRANT USAGE ON SCHEMA kiosk_api TO anjungan_kiosk;
REVOKE ALL ON FUNCTION kiosk_api.exchange(jsonb), kiosk_api.reconcile(jsonb),
    kiosk_api.recover(bigint, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kiosk_api.exchange(jsonb), kiosk_api.reconcile(jsonb),
    kiosk_api.recover(bigint, int) TO anjungan_kiosk;
