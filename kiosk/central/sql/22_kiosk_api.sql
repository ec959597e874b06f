-- What a kiosk hands in and fetches, in one call (docs/decisions/0046-exchange-in-one-call.md).
-- Raises AB001 not claimed yet, AB002 revoked or no kiosk, AB003 another protocol, and 22023 for
-- what is no request at all. No message repeats anything of a record.

-- The kiosk that calls, locked until the end. Raises AB001 and AB002.
CREATE OR REPLACE FUNCTION centre.kiosk_calling() RETURNS centre.kiosk
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    me centre.kiosk;
BEGIN
    PERFORM centre.end_overlong();
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
        WHEN ticket = there.ticket OR ticket = there.ticket_other AND ticket <> '' THEN 'known'
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
    -- A request that was given up can still arrive, behind its repetition: then the store has the
    -- ticket that the repetition was answered with. Of two copies only one gets on with that.
    store.ticket_other := CASE WHEN came = 'again' THEN store.ticket ELSE '' END;
    store.ticket_before := request ->> 'ticket';
    store.ticket := centre.new_ticket(me.calls, request ->> 'ticket');
    UPDATE centre.incarnation i SET
        first_call = CASE WHEN i.first_call = 0 THEN me.calls ELSE i.first_call END,
        last_call = me.calls, last_seen_at = clock_timestamp(),
        state = CASE WHEN came = 'copied' THEN 'questioned' ELSE i.state END,
        kiosk_number = CASE WHEN i.kiosk_number = me.number THEN provisional ELSE i.kiosk_number END,
        again_after = CASE WHEN came = 'copied' THEN i.again_after ELSE store.again_after END,
        ticket = CASE WHEN came = 'copied' THEN i.ticket ELSE store.ticket END,
        ticket_before = CASE WHEN came = 'copied' THEN i.ticket_before ELSE store.ticket_before END,
        ticket_other = CASE WHEN came = 'copied' THEN i.ticket_other ELSE store.ticket_other END
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
    PERFORM centre.match_pending(50, kiosk);
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
SET plan_cache_mode = force_generic_plan
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
    told jsonb;
    running int;
    numbers_taken bool := false;
    -- One moment: the trial compares when a version was first told of with when it was last.
    called_at timestamptz := clock_timestamp();
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
    told := CASE WHEN jsonb_typeof(request -> 'health') = 'object'
        AND request -> 'health' <> '{}'::jsonb
        AND pg_column_size(request -> 'health') <= 4096 THEN request -> 'health' END;
    running := coalesce(least(centre.whole(told -> 'config'), 2000000000)::int, me.config_version);
    UPDATE centre.kiosk k SET
        calls = me.calls, receipts = me.receipts + stored, day = me.day,
        -- A restored centre counts on behind what the kiosk has seen, or it would never ask for it.
        changes = greatest(k.changes, seen),
        day_count = me.day_count + written, last_seen_at = called_at,
        app_version = request ->> 'version',
        health = coalesce(told, k.health),
        health_at = CASE WHEN told IS NULL THEN k.health_at ELSE called_at END,
        config_version = running,
        config_since = CASE WHEN running IS DISTINCT FROM k.config_version THEN called_at
            ELSE k.config_since END
    WHERE k.id = me.id;
    PERFORM centre.judge_trial();
    PERFORM centre.note_done(me.id, request -> 'done');
    UPDATE centre.incarnation i SET last_receipt = me.receipts + stored
    WHERE i.kiosk_id = me.id AND i.incarnation = store.incarnation AND came <> 'copied';
    PERFORM centre.keep_anchor(me.id, request -> 'anchor');
    IF came <> 'copied' AND request ? 'numbers' THEN
        numbers_taken := centre.keep_numbers(me.id, request -> 'numbers');
    END IF;
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
        'copied', came = 'copied', 'pause', pause, 'now', centre.iso_now(),
        'config', centre.config_for(me.id), 'commands', centre.orders_for(me.id),
        'numbers_taken', numbers_taken);
END $$;
