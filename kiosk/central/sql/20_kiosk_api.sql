-- What a kiosk hands in and fetches, in one call (docs/decisions/0046-exchange-in-one-call.md).
-- Raises AB001 not claimed yet, AB002 revoked or no kiosk, AB003 another protocol, and 22023 for
-- what is no request at all. No message repeats anything of a record.

-- The columns that a registration's row must have.
CREATE OR REPLACE FUNCTION centre.row_columns() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{id,number,kiosk_number,incarnation,counter,registered_at,status,revision,
        consent_version,consent_language,consent_given_at,nik,name,sex,birth_date,nik_warnings,
        address_line,postcode,desa_code,phone,phone_owner,segment_id,job_id,dinas,employs_people,
        package,income_base,tariff_version,quote_notes,this_month,next_month,declarations,language,
        email,birthplace,mother_name,work_place,second_segment_id,second_job_id,kpj,
        rejected_because,batch,flags}'::text[];
$$;

-- A whole number that a JSON value is, else null.
CREATE OR REPLACE FUNCTION centre.whole(said jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN jsonb_typeof(said) = 'number' AND said::text ~ '^[0-9]{1,15}$' THEN said::text::bigint
    END;
$$;

-- Why a registration cannot be taken, by what it says alone; empty for a good one.
CREATE OR REPLACE FUNCTION centre.flaw_of_row(said jsonb, said_id text, said_revision jsonb, own text[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN jsonb_typeof(said) IS DISTINCT FROM 'object' OR NOT said ?& centre.row_columns()
            OR jsonb_path_exists(said, '$.* ? (@.type() != "string" && @.type() != "number")')
            THEN 'incomplete'
        WHEN said ->> 'id' IS DISTINCT FROM said_id THEN 'bad_id'
        WHEN coalesce(centre.whole(said -> 'revision'), -1) NOT BETWEEN 0 AND 1000000000
            OR said -> 'revision' IS DISTINCT FROM said_revision THEN 'bad_revision'
        WHEN NOT said ->> 'kiosk_number' = ANY (own) THEN 'not_yours'
        WHEN said ->> 'number' !~ '^[0-9]{12}$' OR left(said ->> 'number', 5) <> said ->> 'kiosk_number'
            OR NOT centre.damm_fits(said ->> 'number') THEN 'bad_number'
        WHEN coalesce(centre.whole(said -> 'counter'), -1) <> substr(said ->> 'number', 6, 6)::bigint
            THEN 'bad_counter'
        WHEN said ->> 'incarnation' !~ '^[0-9a-f-]{36}$' THEN 'bad_incarnation'
        WHEN said ->> 'registered_at' !~
            '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9][.][0-9]{6}[+]00:00$'
            THEN 'bad_registered_at'
        WHEN said ->> 'status' NOT IN
            ('registered', 'handed_over', 'accepted', 'rejected', 'paid', 'member', 'void')
            THEN 'bad_status'
        WHEN said ->> 'nik' !~ '^[0-9]{16}$' THEN 'bad_nik'
        WHEN said ->> 'name' = '' OR length(said ->> 'name') > 200 THEN 'bad_name'
        WHEN NOT centre.is_date(said ->> 'birth_date') THEN 'bad_birth_date'
        WHEN said ->> 'desa_code' !~ '^([0-9]{2}[.][0-9]{2}[.][0-9]{2}[.][0-9]{4})?$'
            THEN 'bad_desa_code'
        WHEN said ->> 'segment_id' !~ '^[a-z0-9_.-]{1,60}$' THEN 'bad_segment_id'
        WHEN length(said ->> 'dinas') > 200 THEN 'bad_dinas'
        ELSE ''
    END;
$$;

-- Likewise of the note that a registration was erased.
CREATE OR REPLACE FUNCTION centre.flaw_of_erasure(said jsonb, own text[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN NOT said ?& '{revision,number,erased_at}'::text[] THEN 'incomplete'
        WHEN coalesce(centre.whole(said -> 'revision'), -1) NOT BETWEEN 0 AND 1000000000
            THEN 'bad_revision'
        WHEN said ->> 'number' !~ '^[0-9]{12}$' OR NOT centre.damm_fits(said ->> 'number')
            THEN 'bad_number'
        WHEN NOT left(said ->> 'number', 5) = ANY (own) THEN 'not_yours'
        WHEN jsonb_typeof(said -> 'erased_at') <> 'string'
            OR said ->> 'erased_at' !~ '^20[0-9]{2}-[0-9T:.+-]{6,40}$' THEN 'bad_erased_at'
        ELSE ''
    END;
$$;

-- What a record that differs from the one there means; `there` has the same id and kiosk.
CREATE OR REPLACE FUNCTION centre.verdict_of_another(
    id uuid, revision int, hash bytea, there_revision int, there_origin text, kiosk uuid, seen bigint)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM centre.revision v WHERE v.registration_id = $1
                     AND v.revision = $2 AND v.hash = $3) THEN 'older'
        WHEN EXISTS (SELECT FROM centre.change c WHERE c.registration_id = $1 AND c.kiosk_id = $6
                     AND c.seq > $7) THEN 'conflict'
        WHEN $2 > there_revision THEN 'replace'
        WHEN $2 = there_revision AND there_origin = 'kiosk' THEN 'other_content'
        WHEN $2 = there_revision THEN 'conflict'
        ELSE coalesce(
            (SELECT CASE WHEN bool_or(v.origin = 'kiosk') THEN 'other_content' ELSE 'conflict' END
             FROM centre.revision v WHERE v.registration_id = $1 AND v.revision = $2
             HAVING count(*) > 0),
            (SELECT 'older' FROM centre.conflict f WHERE f.registration_id = $1
             AND f.revision = $2 AND f.other_hash = $3),
            'keep')
    END;
$$;

-- Judge records, without writing: what is there of each, and what is to be done.
-- A record whose id came up earlier in the same array is left out: it gets no answer, and comes again.
CREATE OR REPLACE FUNCTION centre.judge(
    records jsonb, kiosk uuid, own text[], seen bigint, receipts bigint, room int)
RETURNS centre.taken[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
    WITH said AS MATERIALIZED (
        SELECT e.place::int AS place, e.said, e.said -> 'row' AS line, e.said ->> 'id' AS id,
            pg_column_size(e.said) AS size_bytes
        FROM jsonb_array_elements(records) WITH ORDINALITY AS e (said, place)
    ), flawed AS MATERIALIZED (
        SELECT s.*, CASE
            WHEN jsonb_typeof(s.said) <> 'object' OR s.id IS NULL THEN 'incomplete'
            WHEN s.size_bytes > 65536 THEN 'too_large'
            WHEN s.id !~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' THEN 'bad_id'
            WHEN s.said ->> 'kind' = 'erased' THEN centre.flaw_of_erasure(s.said, own)
            WHEN s.said ->> 'kind' IS DISTINCT FROM 'registration'
                OR jsonb_typeof(s.said -> 'payments') IS DISTINCT FROM 'array'
                OR jsonb_typeof(s.said -> 'corrections') IS DISTINCT FROM 'array' THEN 'incomplete'
            ELSE centre.flaw_of_row(s.line, s.id, s.said -> 'revision', own)
        END AS flaw
        FROM said s
    ), read AS MATERIALIZED (
        SELECT f.place, f.said, f.line, f.flaw,
            CASE WHEN f.flaw = '' THEN f.id::uuid END AS id,
            CASE WHEN f.flaw = '' THEN (f.said ->> 'revision')::int END AS revision,
            CASE WHEN f.flaw = '' AND f.line IS NOT NULL THEN jsonb_build_object('row', f.line,
                'payments', f.said -> 'payments', 'corrections', f.said -> 'corrections')
            END AS payload
        FROM flawed f
    ), hashed AS MATERIALIZED (
        SELECT r.*, sha256(convert_to(r.payload::text, 'UTF8')) AS hash,
            r.flaw = '' AND row_number() OVER (PARTITION BY r.id ORDER BY r.place) > 1 AS again
        FROM read r
    ), met AS MATERIALIZED (
        SELECT h.*, coalesce(e.receipt, t.receipt, 0) AS there_receipt, t.hash AS there_hash,
            CASE
                WHEN h.flaw <> '' THEN 'rejected'
                WHEN h.again THEN 'again'
                WHEN e.kiosk_id <> kiosk OR t.kiosk_id <> kiosk THEN 'not_yours'
                WHEN e.registration_id IS NOT NULL THEN 'same'
                WHEN h.payload IS NULL AND t.number <> h.said ->> 'number' THEN 'bad_number'
                WHEN h.payload IS NULL THEN 'erase'
                WHEN t.id IS NULL THEN 'new'
                WHEN t.revision = h.revision AND t.hash = h.hash THEN 'same'
                ELSE centre.verdict_of_another(
                    h.id, h.revision, h.hash, t.revision, t.origin, kiosk, seen)
            END AS verdict
        FROM hashed h
        LEFT JOIN centre.registration t ON t.id = h.id
        LEFT JOIN centre.erased e ON e.registration_id = h.id
    ), counted AS (
        SELECT m.*,
            count(*) FILTER (WHERE m.verdict IN ('new', 'replace', 'erase')) OVER w AS stored,
            count(*) FILTER (WHERE m.verdict IN
                ('new', 'replace', 'erase', 'conflict', 'other_content', 'keep')) OVER w AS written
        FROM met m
        WINDOW w AS (ORDER BY m.place)
    )
    SELECT array_agg(ROW(
        c.place, c.said -> 'id', c.said -> 'revision', c.verdict,
        CASE WHEN c.verdict IN ('not_yours', 'bad_number', 'other_content') THEN c.verdict ELSE c.flaw END,
        CASE
            WHEN c.verdict IN ('new', 'replace', 'erase') THEN receipts + c.stored
            WHEN c.verdict IN ('same', 'older', 'conflict', 'keep') THEN c.there_receipt
            ELSE 0
        END,
        c.id, c.revision, coalesce(c.line, c.said) ->> 'number', c.line ->> 'kiosk_number',
        c.line ->> 'incarnation',
        CASE WHEN c.verdict IN ('new', 'replace') THEN (c.line ->> 'counter')::int END,
        c.line ->> 'registered_at', c.line ->> 'status', c.line ->> 'segment_id', c.line ->> 'dinas',
        c.line ->> 'desa_code', c.line ->> 'nik', centre.fold_name(c.line ->> 'name'),
        c.line ->> 'birth_date', c.said ->> 'erased_at',
        CASE WHEN c.verdict IN ('new', 'replace', 'conflict', 'other_content', 'keep')
            THEN c.payload END,
        c.hash, c.there_hash)::centre.taken)
    FROM counted c
    WHERE c.verdict IN ('rejected', 'not_yours', 'bad_number', 'same', 'older')
        OR (c.written <= room AND c.verdict <> 'again'));
END $$;

-- Write new registrations.
CREATE OR REPLACE FUNCTION centre.put_new(me centre.kiosk, taken centre.taken[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    INSERT INTO centre.registration (id, kiosk_id, office, number, kiosk_number, incarnation,
        counter, registered_at, day, status, revision, segment_id, dinas, desa_code, payload, hash,
        receipt)
    SELECT t.id, me.id, me.office, t.number, t.kiosk_number, t.incarnation, t.counter,
        t.registered_at, left(t.registered_at, 10), t.status, t.revision, t.segment_id, t.dinas,
        t.desa_code, t.payload, t.hash, t.receipt
    FROM unnest(taken) t WHERE t.verdict = 'new';
    INSERT INTO centre.person (registration_id, nik, name, birth_date, desa_code, office, in_force)
    SELECT t.id, t.nik, t.name, t.birth_date, t.desa_code, me.office,
        t.status NOT IN ('void', 'rejected')
    FROM unnest(taken) t WHERE t.verdict = 'new';
    INSERT INTO centre.to_match (registration_id, kiosk_id)
    SELECT t.id, me.id FROM unnest(taken) t WHERE t.verdict = 'new';
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
        number = t.number, kiosk_number = t.kiosk_number, incarnation = t.incarnation,
        counter = t.counter, registered_at = t.registered_at, day = left(t.registered_at, 10),
        status = t.status, revision = t.revision, segment_id = t.segment_id, dinas = t.dinas,
        desa_code = t.desa_code, payload = t.payload, hash = t.hash, origin = 'kiosk',
        receipt = t.receipt, received_at = clock_timestamp()
    FROM unnest(taken) t WHERE t.verdict = 'replace' AND r.id = t.id;
    PERFORM centre.note_persons(
        ARRAY(SELECT t.id FROM unnest(taken) t WHERE t.verdict = 'replace'));
END $$;

-- Delete all that is known of a person whose registrations were erased; their numbers stay.
CREATE OR REPLACE FUNCTION centre.erase(
    kiosk uuid, ids uuid[], numbers text[], times text[], receipts bigint[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    DELETE FROM centre.registration r WHERE r.id = ANY (ids);
    DELETE FROM centre.revision v WHERE v.registration_id = ANY (ids);
    DELETE FROM centre.conflict f WHERE f.registration_id = ANY (ids);
    DELETE FROM centre.change c WHERE c.registration_id = ANY (ids);
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
        SELECT t.id, t.revision, t.kept_hash, t.hash, t.payload
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
CREATE OR REPLACE FUNCTION centre.put(me centre.kiosk, taken centre.taken[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    verdicts text[] := ARRAY(SELECT DISTINCT t.verdict FROM unnest(taken) t);
BEGIN
    IF 'new' = ANY (verdicts) THEN
        PERFORM centre.put_new(me, taken);
    END IF;
    IF 'replace' = ANY (verdicts) THEN
        PERFORM centre.put_newer(me, taken);
    END IF;
    IF 'erase' = ANY (verdicts) THEN
        PERFORM centre.erase(me.id, array_agg(t.id), array_agg(t.number), array_agg(t.erased_at),
            array_agg(t.receipt))
        FROM unnest(taken) t WHERE t.verdict = 'erase';
    END IF;
    IF verdicts && '{conflict,other_content,keep}' THEN
        PERFORM centre.put_aside(me, taken);
    END IF;
    IF 'not_yours' = ANY (verdicts)
        OR EXISTS (SELECT FROM unnest(taken) t WHERE t.reason = 'not_yours') THEN
        PERFORM centre.raise_alarm(me.id, 'not_yours', '{}');
    END IF;
END $$;

-- What a kiosk is told of each record.
CREATE OR REPLACE FUNCTION centre.outcomes(taken centre.taken[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array(t.said_id, t.said_revision,
        CASE
            WHEN t.verdict IN ('new', 'replace', 'erase') THEN 'stored'
            WHEN t.verdict = 'same' THEN 'already_there'
            WHEN t.verdict IN ('older', 'conflict', 'keep') THEN 'newer_there'
            ELSE 'rejected'
        END, t.receipt, t.reason) ORDER BY t.place), '[]')
    FROM unnest(taken) t;
$$;

-- Take records: all at once, or else each by itself, so that one bad record stops no other.
-- Returns the outcomes, how many receipts were given, and how many records were written.
CREATE OR REPLACE FUNCTION centre.hand_in(
    me centre.kiosk, own text[], seen bigint, records jsonb, room int,
    OUT outcomes jsonb, OUT stored int, OUT written int)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    taken centre.taken[];
    failed text;
BEGIN
    BEGIN
        taken := centre.judge(records, me.id, own, seen, me.receipts, room);
        PERFORM centre.put(me, taken);
    EXCEPTION
        WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN RAISE;
        WHEN OTHERS THEN failed := SQLSTATE;
    END;
    IF failed IS NULL THEN
        outcomes := centre.outcomes(taken);
        SELECT count(*) FILTER (WHERE t.verdict IN ('new', 'replace', 'erase')),
            count(*) FILTER (WHERE t.verdict IN
                ('new', 'replace', 'erase', 'conflict', 'other_content', 'keep'))
        INTO stored, written FROM unnest(taken) t;
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

-- The kiosk that calls, locked until the end. Raises AB001 and AB002.
CREATE OR REPLACE FUNCTION centre.kiosk_calling() RETURNS centre.kiosk
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    me centre.kiosk;
BEGIN
    SELECT k.* INTO me FROM centre.kiosk k WHERE k.role_name = session_user FOR UPDATE;
    IF NOT FOUND OR me.state = 'revoked' THEN
        RAISE EXCEPTION USING ERRCODE = 'AB002', MESSAGE = 'this login belongs to no kiosk';
    ELSIF me.state = 'claiming' THEN
        RAISE EXCEPTION USING ERRCODE = 'AB001', MESSAGE = 'this kiosk has not been claimed yet';
    END IF;
    RETURN me;
END $$;

-- Raise AB003 for another protocol, and 22023 for what is no request at all.
CREATE OR REPLACE FUNCTION centre.check_request(request jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF jsonb_typeof(request) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'a request is an object';
    ELSIF request -> 'protocol' IS DISTINCT FROM '1'::jsonb THEN
        RAISE EXCEPTION USING ERRCODE = 'AB003', MESSAGE = 'this centre speaks protocol 1';
    ELSIF NOT coalesce(request ->> 'incarnation' ~ '^[0-9a-f-]{36}$'
        AND request ->> 'kiosk_number' ~ '^[0-9]{5}$'
        AND request ->> 'ticket' ~ '^(0[0-9a-f]{47})?$'
        AND centre.whole(request -> 'last_receipt') >= 0
        AND centre.whole(request -> 'changes_seen') >= 0
        AND length(request ->> 'version') <= 40
        AND jsonb_typeof(request -> 'records') = 'array', false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'the request is not as protocol 1 has it';
    ELSIF jsonb_array_length(request -> 'records') > 5000 THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'at most 5000 records in one request';
    END IF;
END $$;

-- A ticket: a number above that of the one before, in 16 digits, and then what nobody can guess.
CREATE OR REPLACE FUNCTION centre.new_ticket(calls bigint, before text) RETURNS text
LANGUAGE sql VOLATILE AS $$
    SELECT lpad(to_hex(least(greatest(
            calls, ('x' || lpad(left(before, 16), 16, '0'))::bit(64)::bigint) + 1,
            x'0ffffffffffffffe'::bigint)), 16, '0')
        || replace(gen_random_uuid()::text, '-', '');
$$;

-- What the ticket tells of the store that calls: 'first', 'known', 'again' (the last answer did
-- not arrive), 'restored' (the centre is older than the store) or 'copied' (the store is older).
CREATE OR REPLACE FUNCTION centre.weigh_ticket(there centre.incarnation, ticket text, last_receipt bigint)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN there.incarnation IS NULL THEN
            CASE WHEN ticket = '' AND last_receipt = 0 THEN 'first' ELSE 'restored' END
        WHEN ticket = there.ticket THEN 'known'
        WHEN ticket = there.ticket_before THEN 'again'
        WHEN last_receipt > there.last_receipt OR ticket <> ''
            AND left(ticket, 16) > left(coalesce(nullif(there.ticket, ''), '0'), 16) THEN 'restored'
        ELSE 'copied'
    END;
$$;

-- Two stores of one kiosk are at work at once: ask an admin. `call` is this one's.
CREATE OR REPLACE FUNCTION centre.question_stores(kiosk uuid, incarnation text)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    questioned int;
BEGIN
    UPDATE centre.incarnation i SET state = 'questioned'
    FROM centre.incarnation mine, centre.incarnation other
    WHERE mine.kiosk_id = kiosk AND mine.incarnation = question_stores.incarnation
      AND other.kiosk_id = kiosk AND other.incarnation <> mine.incarnation
      AND other.first_call > 0 AND other.last_call > mine.first_call
      AND i.kiosk_id = kiosk AND i.incarnation IN (mine.incarnation, other.incarnation)
      AND i.state = 'working';
    GET DIAGNOSTICS questioned = ROW_COUNT;
    IF questioned > 0 THEN
        PERFORM centre.raise_alarm(kiosk, 'copied', '{"because": "two stores at work"}');
    END IF;
END $$;

-- Note that a store calls, and weigh its ticket.
CREATE OR REPLACE FUNCTION centre.meet_store(
    me centre.kiosk, request jsonb, OUT store centre.incarnation, OUT came text)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    provisional text := CASE
        WHEN request ->> 'kiosk_number' BETWEEN '90000' AND '98999' THEN request ->> 'kiosk_number'
        ELSE me.number END;
BEGIN
    SELECT i.* INTO store FROM centre.incarnation i
    WHERE i.kiosk_id = me.id AND i.incarnation = request ->> 'incarnation';
    came := centre.weigh_ticket(store, request ->> 'ticket', centre.whole(request -> 'last_receipt'));
    IF store.incarnation IS NULL THEN
        INSERT INTO centre.incarnation AS i (kiosk_id, incarnation, kiosk_number)
        VALUES (me.id, request ->> 'incarnation', provisional) RETURNING i.* INTO store;
    END IF;
    store.again_after := CASE came
        WHEN 'again' THEN store.again_after
        WHEN 'restored' THEN store.last_receipt
    END;
    store.ticket_before := request ->> 'ticket';
    store.ticket := centre.new_ticket(me.calls, request ->> 'ticket');
    UPDATE centre.incarnation i SET
        first_call = CASE WHEN i.first_call = 0 THEN me.calls ELSE i.first_call END,
        last_call = me.calls, last_seen_at = clock_timestamp(),
        state = CASE WHEN came = 'copied' THEN 'questioned' ELSE i.state END,
        kiosk_number = CASE WHEN i.kiosk_number = me.number THEN provisional ELSE i.kiosk_number END,
        again_after = CASE WHEN came = 'copied' THEN i.again_after ELSE store.again_after END,
        ticket = CASE WHEN came = 'copied' THEN i.ticket ELSE store.ticket END,
        ticket_before = CASE WHEN came = 'copied' THEN i.ticket_before ELSE store.ticket_before END
    WHERE i.kiosk_id = me.id AND i.incarnation = store.incarnation;
    PERFORM centre.question_stores(me.id, store.incarnation);
    IF came = 'copied' THEN
        PERFORM centre.raise_alarm(me.id, 'copied', '{"because": "an older copy of a store"}');
    END IF;
END $$;

-- Changes made at the centre that the kiosk has not seen: the oldest 200.
CREATE OR REPLACE FUNCTION centre.changes_for(
    kiosk uuid, seen bigint, OUT changes jsonb, OUT more_changes bool)
LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('seq', c.seq, 'id', c.registration_id,
            'revision', c.revision, 'base_revision', c.base_revision, 'fields', c.fields,
            'decided', c.decided) ORDER BY c.seq) FILTER (WHERE c.nth <= 200), '[]'),
        coalesce(max(c.nth) > 200, false)
    FROM (
        SELECT c.*, row_number() OVER (ORDER BY c.seq) AS nth FROM centre.change c
        WHERE c.kiosk_id = kiosk AND c.seq > seen ORDER BY c.seq LIMIT 201
    ) c;
$$;

-- The last receipt of a kiosk that a verified backup of the centre holds.
CREATE OR REPLACE FUNCTION centre.backed_up(kiosk uuid) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(c.receipt), 0)
    FROM centre.backup_covers c JOIN centre.backup b ON b.id = c.backup_id
    WHERE c.kiosk_id = kiosk AND b.verified_at IS NOT NULL;
$$;

-- Keep the head of the kiosk's audit.
CREATE OR REPLACE FUNCTION centre.keep_anchor(kiosk uuid, said jsonb) RETURNS void
LANGUAGE sql VOLATILE AS $$
    INSERT INTO centre.anchor (kiosk_id, entries, link)
    SELECT kiosk, centre.whole(said -> 'entries'), said ->> 'link'
    WHERE centre.whole(said -> 'entries') >= 0 AND said ->> 'link' ~ '^[0-9a-f]{1,128}$'
    ON CONFLICT DO NOTHING;
$$;

-- Look at others' new records for duplicates; what fails there must not stop a kiosk.
CREATE OR REPLACE FUNCTION centre.match_others(kiosk uuid) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM centre.match_pending(200, kiosk);
EXCEPTION WHEN OTHERS THEN
    PERFORM centre.raise_alarm(kiosk, 'matching_failed', jsonb_build_object('sqlstate', SQLSTATE));
END $$;

CREATE OR REPLACE FUNCTION kiosk_api.exchange(request jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET standard_conforming_strings = on
SET client_min_messages = warning
SET work_mem = '64MB'
SET jit = off
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
DECLARE
    me centre.kiosk := centre.kiosk_calling();
    store centre.incarnation;
    came text;
    own text[];
    seen bigint;
    room int;
    outcomes jsonb := '[]';
    stored int := 0;
    written int := 0;
    met record;
    news record;
    pause text := '';
BEGIN
    PERFORM centre.check_request(request);
    seen := centre.whole(request -> 'changes_seen');
    me.calls := me.calls + 1;
    met := centre.meet_store(me, request);
    store := met.store;
    came := met.came;
    IF me.day IS DISTINCT FROM centre.today() THEN
        me.day := centre.today();
        me.day_count := 0;
    END IF;
    IF came <> 'copied' AND request -> 'records' <> '[]'::jsonb THEN
        own := ARRAY(SELECT i.kiosk_number FROM centre.incarnation i WHERE i.kiosk_id = me.id)
            || me.number;
        room := greatest(me.daily_cap - me.day_count, 0);
        SELECT h.* INTO outcomes, stored, written
        FROM centre.hand_in(me, own, seen, request -> 'records', room) h;
        IF jsonb_array_length(outcomes) < jsonb_array_length(request -> 'records')
            AND written >= room THEN
            pause := 'cap';
            PERFORM centre.raise_alarm(me.id, 'cap', '{}');
        END IF;
    END IF;
    IF me.state = 'locked' THEN
        pause := 'locked';
    END IF;
    UPDATE centre.kiosk k SET
        calls = me.calls, receipts = me.receipts + stored, day = me.day,
        day_count = me.day_count + written, last_seen_at = clock_timestamp(),
        app_version = request ->> 'version',
        health = CASE
            WHEN jsonb_typeof(request -> 'health') = 'object'
                AND pg_column_size(request -> 'health') <= 4096 THEN request -> 'health'
            ELSE k.health END
    WHERE k.id = me.id;
    UPDATE centre.incarnation i SET last_receipt = me.receipts + stored
    WHERE i.kiosk_id = me.id AND i.incarnation = store.incarnation AND came <> 'copied';
    PERFORM centre.keep_anchor(me.id, request -> 'anchor');
    PERFORM centre.match_others(me.id);
    SELECT c.* INTO news FROM centre.changes_for(me.id, seen) c;
    RETURN jsonb_build_object(
        'protocol', 1,
        'kiosk', jsonb_build_object(
            'number', me.number, 'name', me.name, 'office', me.office, 'state', me.state),
        'ticket', CASE WHEN came = 'copied' THEN '' ELSE store.ticket END,
        'outcomes', outcomes,
        'changes', news.changes, 'more_changes', news.more_changes,
        'backed_up', least(centre.backed_up(me.id), store.again_after),
        'again_after', CASE WHEN came <> 'copied' THEN store.again_after END,
        'copied', came = 'copied', 'pause', pause, 'now', centre.iso_now());
END $$;
