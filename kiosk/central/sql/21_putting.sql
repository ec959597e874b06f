-- Writing what was judged, all at once where that goes.

-- The office that a kiosk stood in at a time, as it says times.
CREATE OR REPLACE FUNCTION centre.office_at(me centre.kiosk, moment text)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT m.office FROM centre.moved m
        WHERE m.kiosk_id = me.id AND m.at > moment COLLATE "C" ORDER BY m.at LIMIT 1), me.office);
$$;

-- Write new registrations.
CREATE OR REPLACE FUNCTION centre.put_new(me centre.kiosk, taken centre.taken[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    moved CONSTANT bool := EXISTS (SELECT FROM centre.moved m WHERE m.kiosk_id = me.id);
BEGIN
    WITH fresh AS MATERIALIZED (
        SELECT t.id, t.revision, t.seen, t.payload, t.hash, t.receipt,
            CASE WHEN moved THEN centre.office_at(me, (t.seen).registered_at) ELSE me.office END
                AS office
        FROM unnest(taken) t
        WHERE t.verdict = 'new'
    ), persons AS (
        INSERT INTO centre.person
            (registration_id, nik, name, birth_date, desa_code, office, in_force)
        SELECT f.id, (f.seen).nik, centre.fold_name((f.seen).name), (f.seen).birth_date,
            (f.seen).desa_code, f.office, (f.seen).status NOT IN ('void', 'rejected')
        FROM fresh f
    ), queue AS (
        INSERT INTO centre.to_match (registration_id, kiosk_id) SELECT f.id, me.id FROM fresh f
    )
    INSERT INTO centre.registration (id, kiosk_id, office, number, kiosk_number, incarnation,
        counter, registered_at, day, status, revision, segment_id, dinas, desa_code, payload, hash,
        receipt)
    SELECT f.id, me.id, f.office, (f.seen).number, (f.seen).kiosk_number, (f.seen).incarnation,
        (f.seen).counter::int, (f.seen).registered_at, left((f.seen).registered_at, 10),
        (f.seen).status, f.revision, (f.seen).segment_id, (f.seen).dinas, (f.seen).desa_code,
        f.payload, f.hash, f.receipt
    FROM fresh f;
END $$;

-- Put newer revisions in place of those there, which are kept.
CREATE OR REPLACE FUNCTION centre.put_newer(me centre.kiosk, taken centre.taken[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    INSERT INTO centre.revision (registration_id, revision, hash, origin, payload, at)
    SELECT r.id, r.revision, r.hash, r.origin, r.payload, r.received_at
    FROM unnest(taken) t JOIN centre.registration r ON r.id = t.id WHERE t.verdict = 'replace'
    ON CONFLICT DO NOTHING;
    UPDATE centre.registration r SET
        number = (t.seen).number, kiosk_number = (t.seen).kiosk_number,
        incarnation = (t.seen).incarnation, counter = (t.seen).counter::int,
        registered_at = (t.seen).registered_at, day = left((t.seen).registered_at, 10),
        status = (t.seen).status, revision = t.revision, segment_id = (t.seen).segment_id,
        dinas = (t.seen).dinas, desa_code = (t.seen).desa_code, payload = t.payload, hash = t.hash,
        origin = 'kiosk', receipt = t.receipt, received_at = clock_timestamp()
    FROM unnest(taken) t WHERE t.verdict = 'replace' AND r.id = t.id;
    PERFORM centre.note_persons(
        ARRAY(SELECT t.id FROM unnest(taken) t WHERE t.verdict = 'replace'));
END $$;

-- Delete all that is known of a person whose registrations were erased; their numbers stay.
CREATE OR REPLACE FUNCTION centre.erase(
    kiosk uuid, ids uuid[], numbers text[], times text[], receipts bigint[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    -- First of all: this waits for who looks at them just now, and would note a match afterwards.
    DELETE FROM centre.to_match t WHERE t.registration_id = ANY (ids);
    DELETE FROM centre.registration r WHERE r.id = ANY (ids);
    DELETE FROM centre.revision v WHERE v.registration_id = ANY (ids);
    DELETE FROM centre.conflict f WHERE f.registration_id = ANY (ids);
    DELETE FROM centre.change c WHERE c.registration_id = ANY (ids);
    DELETE FROM centre.slip_out o WHERE o.registration_id = ANY (ids);
    DELETE FROM centre.match m WHERE m.one = ANY (ids) OR m.other = ANY (ids);
    PERFORM centre.note_persons(ids);
    INSERT INTO centre.erased (registration_id, kiosk_id, number, erased_at, receipt)
    SELECT gone.id, erase.kiosk, gone.number, gone.at, gone.receipt
    FROM unnest(ids, numbers, times, receipts) AS gone (id, number, at, receipt)
    ON CONFLICT DO NOTHING;
END $$;

-- Keep what nobody may overwrite: a conflict's other side, another content, an older revision.
CREATE OR REPLACE FUNCTION centre.put_aside(me centre.kiosk, taken centre.taken[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    WITH kept AS (
        INSERT INTO centre.conflict
            (registration_id, revision, kept_hash, other_hash, other_payload)
        SELECT t.id, t.revision, t.there_hash, t.hash, t.payload
        FROM unnest(taken) t WHERE t.verdict IN ('conflict', 'other_content')
        ON CONFLICT DO NOTHING
        RETURNING registration_id
    )
    INSERT INTO centre.alarm (kiosk_id, kind, registration_id, details)
    SELECT me.id, 'other_content', t.id, jsonb_build_object('revision', t.revision)
    FROM unnest(taken) t JOIN kept k ON k.registration_id = t.id
    WHERE t.verdict = 'other_content';
    INSERT INTO centre.revision (registration_id, revision, hash, payload)
    SELECT t.id, t.revision, t.hash, t.payload
    FROM unnest(taken) t WHERE t.verdict = 'keep'
    ON CONFLICT DO NOTHING;
END $$;

-- Do what was judged.
CREATE OR REPLACE FUNCTION centre.put(me centre.kiosk, taken centre.taken[], verdicts text[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF 'new' = ANY (verdicts) THEN
        PERFORM centre.put_new(me, taken);
    END IF;
    IF 'replace' = ANY (verdicts) THEN
        PERFORM centre.put_newer(me, taken);
    END IF;
    IF 'erase' = ANY (verdicts) THEN
        PERFORM centre.erase(me.id, array_agg(t.id), array_agg((t.seen).number),
            array_agg((t.seen).erased_at), array_agg(t.receipt))
        FROM unnest(taken) t WHERE t.verdict = 'erase';
    END IF;
    IF verdicts && '{conflict,other_content,keep}' THEN
        PERFORM centre.put_aside(me, taken);
    END IF;
    IF 'not_yours' = ANY (verdicts) THEN
        PERFORM centre.raise_alarm(me.id, 'not_yours', '{}');
    END IF;
END $$;

-- Take records: all at once, or else each by itself, so that one bad record stops no other.
-- Returns the outcomes, how many receipts were given, and how many records were written.
CREATE OR REPLACE FUNCTION centre.hand_in(
    me centre.kiosk, own text[], seen bigint, records jsonb, room int,
    OUT outcomes jsonb, OUT stored int, OUT written int)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    judged record;
    failed text;
BEGIN
    BEGIN
        judged := centre.judge(records, me.id, own, seen, me.receipts, room);
        PERFORM centre.put(me, judged.todo, judged.verdicts);
    EXCEPTION
        WHEN OTHERS THEN
            -- A full disk or a lock that does not come is no fault of a record: all come again.
            IF left(SQLSTATE, 2) NOT IN ('21', '22', '23', '54') THEN
                RAISE;
            END IF;
            failed := SQLSTATE;
    END;
    IF failed IS NULL THEN
        outcomes := coalesce(judged.outcomes, '[]');
        stored := judged.stored;
        written := judged.written;
    ELSIF jsonb_array_length(records) = 1 THEN
        stored := 0;
        written := 0;
        outcomes := jsonb_build_array(jsonb_build_array(
            records -> 0 -> 'id', records -> 0 -> 'revision', 'rejected', 0, 'database_' || failed));
    ELSE
        SELECT o.* INTO outcomes, stored, written
        FROM centre.hand_in_singly(me, own, seen, records, room) o;
    END IF;
END $$;

-- Take records one after the other.
CREATE OR REPLACE FUNCTION centre.hand_in_singly(
    me centre.kiosk, own text[], seen bigint, records jsonb, room int,
    OUT outcomes jsonb, OUT stored int, OUT written int)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    one jsonb;
    came_of record;
BEGIN
    outcomes := '[]';
    stored := 0;
    written := 0;
    FOR one IN SELECT jsonb_build_array(e.said) FROM jsonb_array_elements(records) AS e (said) LOOP
        SELECT o.* INTO came_of FROM centre.hand_in(me, own, seen, one, room - written) o;
        outcomes := outcomes || came_of.outcomes;
        stored := stored + came_of.stored;
        written := written + came_of.written;
        me.receipts := me.receipts + came_of.stored;
    END LOOP;
END $$;
