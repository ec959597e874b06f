-- What the staff of an office may do at the centre. Each function finds out who calls, and works
-- on that office's registrations alone; of another office's side of a match it shows a masked part.
-- Expected outcomes are words in the answer; 42501 is for who may not call at all.

-- Which status may follow which: the copy of ALLOWED_NEXT in kiosk/domain/registration.py.
CREATE OR REPLACE FUNCTION centre.may_follow(status text, next text)
RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (may_follow.status, may_follow.next) IN (
        ('registered', 'handed_over'), ('registered', 'void'),
        ('handed_over', 'accepted'), ('handed_over', 'rejected'), ('handed_over', 'void'),
        ('accepted', 'paid'), ('accepted', 'void'),
        ('rejected', 'void'),
        ('paid', 'member'), ('paid', 'void'),
        ('member', 'void'));
$$;

-- The registration of an office, locked behind its kiosk's row as a hand-in locks them; else null.
CREATE OR REPLACE FUNCTION centre.held(id uuid, office text)
RETURNS centre.registration LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found centre.registration;
BEGIN
    PERFORM FROM centre.kiosk k
    WHERE k.id = (
        SELECT r.kiosk_id FROM centre.registration r WHERE r.id = held.id AND r.office = held.office)
    FOR NO KEY UPDATE;
    SELECT r.* INTO found FROM centre.registration r
    WHERE r.id = held.id AND r.office = held.office
    FOR NO KEY UPDATE;
    RETURN found;
END $$;

-- Make a new revision here and send its columns down to the kiosk. `was` is held().
CREATE OR REPLACE FUNCTION centre.change_here(
    was centre.registration, fields jsonb, decided boolean, next integer)
RETURNS integer LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed jsonb := jsonb_set(
        was.payload, '{row}',
        was.payload -> 'row' || change_here.fields
            || jsonb_build_object('revision', change_here.next));
    fresh bytea := sha256(convert_to(changed::text, 'UTF8'));
    seq bigint;
BEGIN
    UPDATE centre.kiosk k SET changes = k.changes + 1
    WHERE k.id = was.kiosk_id RETURNING k.changes INTO seq;
    INSERT INTO centre.change (kiosk_id, seq, registration_id, revision, base_revision, fields, decided)
    VALUES (was.kiosk_id, seq, was.id, change_here.next, was.revision, change_here.fields,
        change_here.decided);
    INSERT INTO centre.revision (registration_id, revision, hash, origin, payload, at)
    VALUES (was.id, was.revision, was.hash, was.origin, was.payload, was.received_at)
    ON CONFLICT DO NOTHING;
    UPDATE centre.registration r SET
        revision = change_here.next,
        status = changed -> 'row' ->> 'status',
        desa_code = changed -> 'row' ->> 'desa_code',
        segment_id = changed -> 'row' ->> 'segment_id',
        dinas = changed -> 'row' ->> 'dinas',
        payload = changed,
        hash = fresh,
        origin = session_user
    WHERE r.id = was.id;
    PERFORM centre.note_persons(ARRAY[was.id]);
    RETURN change_here.next;
END $$;

CREATE OR REPLACE FUNCTION centre.masked(secret text)
RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN length(secret) > 4
        THEN repeat('*', length(secret) - 4) || right(secret, 4) ELSE repeat('*', length(secret)) END;
$$;

-- A registration as one side of a match: whole for its own office, else masked.
CREATE OR REPLACE FUNCTION centre.side_of(id uuid, office text)
RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object(
        'registration_id', r.id,
        'own', r.office = side_of.office,
        'number', r.number,
        'office', r.office,
        'kiosk_name', CASE WHEN r.office = side_of.office THEN k.name ELSE '' END,
        'registered_at', r.registered_at,
        'status', r.status,
        'revision', r.revision,
        'name', d.line ->> 'name',
        'birth_date', d.line ->> 'birth_date',
        'nik', CASE WHEN r.office = side_of.office THEN d.line ->> 'nik'
            ELSE centre.masked(d.line ->> 'nik') END,
        'phone', coalesce(CASE WHEN r.office = side_of.office THEN d.line ->> 'phone'
            ELSE centre.masked(d.line ->> 'phone') END, ''),
        'desa_code', CASE WHEN r.office = side_of.office THEN r.desa_code ELSE '' END)
    FROM centre.registration r
    JOIN centre.kiosk k ON k.id = r.kiosk_id
    CROSS JOIN LATERAL (SELECT r.payload -> 'row' AS line) d
    WHERE r.id = side_of.id;
$$;

-- The open matches of an office, with its own side first where only one is its own.
CREATE OR REPLACE FUNCTION centre.matches_of(office text)
RETURNS SETOF centre.open_match LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.* FROM centre.open_match m
    JOIN centre.registration a ON a.id = m.one
    JOIN centre.registration b ON b.id = m.other
    WHERE matches_of.office IN (a.office, b.office)
    ORDER BY m.id;
$$;

-- ------------------------------------------------------------ who am I

-- A person's first call with a new login. AB004 the time is over, AB002 the login was ended.
CREATE OR REPLACE FUNCTION desk_api.claim()
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine centre.staff;
BEGIN
    SELECT s.* INTO mine FROM centre.staff s WHERE s.role_name = session_user FOR UPDATE;
    IF NOT FOUND OR (NOT mine.active AND mine.claim_until IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'AB002', MESSAGE = 'this login was ended';
    END IF;
    IF NOT mine.active THEN
        IF mine.claim_until < clock_timestamp() THEN
            RAISE EXCEPTION USING ERRCODE = 'AB004', MESSAGE = 'the token has expired';
        END IF;
        UPDATE centre.staff s SET active = true, claim_until = NULL
        WHERE s.role_name = mine.role_name;
        PERFORM centre.note('staff_claimed', mine.role_name, '{}');
    END IF;
    RETURN jsonb_build_object(
        'login', mine.role_name, 'name', mine.name, 'role', mine.role, 'office', mine.office);
END $$;

CREATE OR REPLACE FUNCTION desk_api.whoami()
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling(
        'clerk', 'supervisor', 'office_admin', 'kabupaten_admin', 'report', 'branch');
BEGIN
    RETURN jsonb_build_object(
        'login', caller.role_name, 'name', caller.name, 'role', caller.role,
        'office', caller.office);
END $$;

-- ------------------------------------------------------------ reading

CREATE OR REPLACE FUNCTION desk_api.flags()
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('clerk', 'supervisor');
BEGIN
    PERFORM centre.match_pending(1000, NULL);
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'registration_id', f.registration_id, 'because', f.because, 'id', f.id)
            ORDER BY f.registration_id, f.because, f.id), '[]')
        FROM (
            SELECT r.id AS registration_id, m.because, m.id
            FROM centre.matches_of(caller.office) m
            JOIN centre.registration r ON r.id IN (m.one, m.other) AND r.office = caller.office
            UNION ALL
            SELECT r.id, 'conflict', c.id
            FROM centre.conflict c JOIN centre.registration r ON r.id = c.registration_id
            WHERE c.state = 'open' AND r.office = caller.office
        ) f);
END $$;

-- That somebody looked at another office's side is kept.
CREATE OR REPLACE FUNCTION desk_api.matches()
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('clerk', 'supervisor');
    found jsonb;
BEGIN
    PERFORM centre.match_pending(1000, NULL);
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', m.id, 'because', m.because, 'found_at', m.found_at,
        'sides', jsonb_build_array(
            centre.side_of(m.one, caller.office), centre.side_of(m.other, caller.office)))
        ORDER BY m.id), '[]')
    INTO found FROM centre.matches_of(caller.office) m;
    IF found <> '[]' THEN
        PERFORM centre.note('matches_seen', '', jsonb_build_object(
            'matches', jsonb_path_query_array(found, '$[*].id')));
    END IF;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION desk_api.conflicts()
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('clerk', 'supervisor');
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', c.id, 'registration_id', r.id, 'number', r.number, 'found_at', c.found_at,
            'differing', centre.differing(r.payload -> 'row', c.other_payload -> 'row'))
            ORDER BY c.id), '[]')
        FROM centre.conflict c JOIN centre.registration r ON r.id = c.registration_id
        WHERE c.state = 'open' AND r.office = caller.office);
END $$;

-- Registrations of the office whose number, name or NIK begins like that; at most 50.
CREATE OR REPLACE FUNCTION desk_api.search(words text)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('clerk', 'supervisor');
    sought text := upper(btrim(search.words));
BEGIN
    IF length(sought) < 3 THEN
        RETURN '[]';
    END IF;
    RETURN (
        SELECT coalesce(jsonb_agg(centre.line_of(f) ORDER BY f.registered_at DESC), '[]')
        FROM (
            SELECT r.* FROM centre.registration r
            WHERE r.office = caller.office AND (
                starts_with(r.number, sought)
                OR starts_with(upper(r.payload -> 'row' ->> 'name'), sought)
                OR r.payload -> 'row' ->> 'nik' = sought)
            ORDER BY r.registered_at DESC LIMIT 50
        ) f);
END $$;

-- A registration as a line of a list: without what is private.
CREATE OR REPLACE FUNCTION centre.line_of(r centre.registration)
RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object(
        'registration_id', r.id, 'number', r.number, 'registered_at', r.registered_at,
        'status', r.status, 'revision', r.revision, 'name', r.payload -> 'row' ->> 'name',
        'nik', centre.masked(r.payload -> 'row' ->> 'nik'));
$$;

-- One registration whole; that somebody looked is kept.
CREATE OR REPLACE FUNCTION desk_api.see(id uuid)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('clerk', 'supervisor');
    found centre.registration;
BEGIN
    SELECT r.* INTO found FROM centre.registration r
    WHERE r.id = see.id AND r.office = caller.office;
    IF found.id IS NULL THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    PERFORM centre.note('seen', found.id::text, '{}');
    RETURN jsonb_build_object('outcome', 'seen', 'revision', found.revision,
        'payload', found.payload);
END $$;

-- Everything the centre holds about one person's registration, for the person.
CREATE OR REPLACE FUNCTION desk_api.export(id uuid)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('supervisor');
    found centre.registration;
BEGIN
    SELECT r.* INTO found FROM centre.registration r
    WHERE r.id = export.id AND r.office = caller.office;
    IF found.id IS NULL THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    PERFORM centre.note('exported', found.id::text, '{}');
    RETURN jsonb_build_object(
        'outcome', 'exported', 'payload', found.payload, 'received_at', found.received_at,
        'revisions', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'revision', v.revision, 'at', v.at, 'origin', v.origin, 'payload', v.payload)
                ORDER BY v.revision, v.at), '[]')
            FROM centre.revision v WHERE v.registration_id = found.id));
END $$;

-- ------------------------------------------------------------ writing

-- How to reach somebody, and the branch's answer told otherwise than by a file. NIK, name, birth date
-- and desa are corrected at the kiosk's desk, with the KTP in hand: here a change of them would let
-- somebody try out whom other offices know.
CREATE OR REPLACE FUNCTION desk_api.change(id uuid, base_revision integer, fields jsonb, reason text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('clerk', 'supervisor');
    was centre.registration := centre.held(change.id, caller.office);
    line jsonb := was.payload -> 'row';
    wanted jsonb;
BEGIN
    IF was.id IS NULL THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    IF length(btrim(coalesce(change.reason, ''))) NOT BETWEEN 1 AND 200 THEN
        RETURN '{"outcome": "reason_missing"}';
    END IF;
    IF was.revision <> change.base_revision THEN
        RETURN jsonb_build_object('outcome', 'changed_meanwhile', 'revision', was.revision);
    END IF;
    SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}') INTO wanted
    FROM jsonb_each(change.fields) f WHERE f.value IS DISTINCT FROM line -> f.key;
    IF wanted = '{}' THEN
        RETURN jsonb_build_object('outcome', 'already_so', 'revision', was.revision);
    END IF;
    IF NOT centre.may_change(was.status, line, wanted) THEN
        RETURN '{"outcome": "not_possible"}';
    END IF;
    PERFORM centre.change_here(was, wanted, false, was.revision + 1);
    PERFORM centre.note('changed', was.id::text, jsonb_build_object(
        'revision', was.revision + 1,
        'columns', (SELECT jsonb_agg(k ORDER BY k) FROM jsonb_object_keys(wanted) k)));
    RETURN jsonb_build_object('outcome', 'done', 'revision', was.revision + 1);
END $$;

-- Whether a clerk may set these columns of a registration that stands so.
CREATE OR REPLACE FUNCTION centre.may_change(status text, line jsonb, wanted jsonb)
RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT may_change.status NOT IN ('void', 'rejected')
        AND NOT EXISTS (
            SELECT FROM jsonb_each(wanted) f
            WHERE f.key NOT IN ('phone', 'phone_owner', 'email', 'work_place', 'status', 'kpj',
                    'rejected_because')
                OR jsonb_typeof(f.value) <> 'string'
                OR length(f.value #>> '{}') > 300)
        AND (NOT wanted ? 'status'
            OR (wanted ->> 'status' IN ('accepted', 'rejected', 'member')
                AND centre.may_follow(may_change.status, wanted ->> 'status')))
        AND coalesce(wanted ->> 'kpj', '') ~ '^([0-9]{11})?$'
        -- A KPJ comes with membership, a reason with a rejection, and neither alone.
        AND (wanted ? 'kpj') = (coalesce(wanted ->> 'status', '') = 'member')
        AND (wanted ? 'rejected_because') = (coalesce(wanted ->> 'status', '') = 'rejected')
        AND coalesce(wanted ->> 'phone', '') ~ '^[0-9]{0,15}$'
        AND coalesce(wanted ->> 'phone_owner', 'own') IN ('own', 'family', 'none')
        AND coalesce(wanted ->> 'work_place', '') IN ('', 'near_home', 'kabupaten', 'outside', 'moving');
$$;

CREATE OR REPLACE FUNCTION desk_api.void(id uuid, base_revision integer, reason text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('supervisor');
    was centre.registration := centre.held(void.id, caller.office);
BEGIN
    IF was.id IS NULL THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    IF length(btrim(coalesce(void.reason, ''))) NOT BETWEEN 1 AND 200 THEN
        RETURN '{"outcome": "reason_missing"}';
    END IF;
    IF was.revision <> void.base_revision THEN
        RETURN jsonb_build_object('outcome', 'changed_meanwhile', 'revision', was.revision);
    END IF;
    IF NOT centre.may_follow(was.status, 'void') THEN
        RETURN '{"outcome": "not_possible"}';
    END IF;
    PERFORM centre.change_here(was, '{"status": "void"}', false, was.revision + 1);
    PERFORM centre.note('voided', was.id::text, jsonb_build_object('revision', was.revision + 1));
    RETURN jsonb_build_object('outcome', 'done', 'revision', was.revision + 1);
END $$;

-- Decide about a match. `void_id`: the registration of the own office that is given up.
CREATE OR REPLACE FUNCTION desk_api.decide(match_id bigint, verdict text, void_id uuid, reason text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('supervisor');
    which centre.match;
    was centre.registration;
BEGIN
    IF length(btrim(coalesce(decide.reason, ''))) NOT BETWEEN 1 AND 200 THEN
        RETURN '{"outcome": "reason_missing"}';
    END IF;
    IF coalesce(decide.verdict, '') NOT IN ('same_person', 'different')
        OR (decide.verdict = 'different' AND decide.void_id IS NOT NULL) THEN
        RETURN '{"outcome": "not_possible"}';
    END IF;
    -- The kiosk's row first: a hand-in takes it before it touches anything else.
    IF decide.void_id IS NOT NULL THEN
        was := centre.held(decide.void_id, caller.office);
        -- Then the wait for who looks at it just now, and wants the match's row at the end.
        INSERT INTO centre.to_match (registration_id, kiosk_id)
        SELECT was.id, was.kiosk_id WHERE was.id IS NOT NULL
        ON CONFLICT DO NOTHING;
    END IF;
    SELECT m.* INTO which FROM centre.match m
    WHERE m.id = decide.match_id AND EXISTS (
        SELECT FROM centre.registration r
        WHERE r.id IN (m.one, m.other) AND r.office = caller.office)
    FOR UPDATE;
    IF which.id IS NULL OR (decide.void_id IS NOT NULL
            AND (was.id IS NULL OR was.id NOT IN (which.one, which.other))) THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    IF which.state <> 'open' THEN
        RETURN jsonb_build_object('outcome', 'already_decided', 'verdict', which.state,
            'decided_at', which.decided_at);
    END IF;
    IF was.id IS NOT NULL THEN
        IF NOT centre.may_follow(was.status, 'void') THEN
            RETURN '{"outcome": "not_possible"}';
        END IF;
        PERFORM centre.change_here(was, '{"status": "void"}', false, was.revision + 1);
        PERFORM centre.note('voided', was.id::text,
            jsonb_build_object('revision', was.revision + 1, 'match', which.id));
    END IF;
    UPDATE centre.match m SET state = decide.verdict, decided_by = session_user,
        decided_at = clock_timestamp(), reason = btrim(decide.reason)
    WHERE m.id = which.id;
    PERFORM centre.note('match_decided', which.id::text,
        jsonb_build_object('verdict', decide.verdict));
    RETURN jsonb_build_object('outcome', 'decided', 'verdict', decide.verdict);
END $$;

-- Whether a kiosk's version had this value of a column before it was corrected.
CREATE OR REPLACE FUNCTION centre.had_before(payload jsonb, name text, value jsonb)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT c ->> 'before' FROM jsonb_array_elements(had_before.payload -> 'corrections') c
    LOOP
        BEGIN
            IF one::jsonb -> had_before.name = had_before.value THEN
                RETURN true;
            END IF;
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            NULL;  -- what a kiosk wrote there is no JSON
        END;
    END LOOP;
    RETURN false;
END $$;

-- Whether who chose between `there` and `chosen` has answered for another version too: each of its
-- values was one of the two, or is what `chosen` was corrected from.
CREATE OR REPLACE FUNCTION centre.is_answered(version jsonb, there jsonb, chosen jsonb)
RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM jsonb_each(centre.differing(
            is_answered.there -> 'row', is_answered.version -> 'row')) d
        WHERE d.value -> 1 IS DISTINCT FROM is_answered.chosen -> 'row' -> d.key
            AND NOT centre.had_before(is_answered.chosen, d.key, d.value -> 1));
$$;

-- Settle two versions of one registration: the kept one becomes a new revision for both sides. Other
-- versions of it that the choice has answered for are settled with it.
CREATE OR REPLACE FUNCTION desk_api.settle(conflict_id bigint, keep text, reason text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('supervisor');
    which centre.conflict;
    was centre.registration;
    next integer;
    others integer;
BEGIN
    IF length(btrim(coalesce(settle.reason, ''))) NOT BETWEEN 1 AND 200 THEN
        RETURN '{"outcome": "reason_missing"}';
    END IF;
    IF coalesce(settle.keep, '') NOT IN ('centre', 'kiosk') THEN
        RETURN '{"outcome": "not_possible"}';
    END IF;
    was := centre.held(
        (SELECT c.registration_id FROM centre.conflict c WHERE c.id = settle.conflict_id),
        caller.office);
    SELECT c.* INTO which FROM centre.conflict c
    WHERE c.id = settle.conflict_id AND c.registration_id = was.id FOR UPDATE;
    IF which.id IS NULL THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    IF which.state <> 'open' THEN
        RETURN jsonb_build_object('outcome', 'already_settled', 'decided_at', which.settled_at);
    END IF;
    next := greatest(was.revision, which.revision) + 1;
    -- Every column that differs goes down, whichever side is kept: the kiosk has the other values.
    PERFORM centre.change_here(was, (
        SELECT coalesce(jsonb_object_agg(d.key, CASE settle.keep
            WHEN 'centre' THEN d.value -> 0 ELSE d.value -> 1 END), '{}')
        FROM jsonb_each(centre.differing(was.payload -> 'row', which.other_payload -> 'row')) d
        ), true, next);
    UPDATE centre.conflict c SET state = 'settled', settled_by = session_user,
        settled_at = clock_timestamp(), reason = btrim(settle.reason)
    WHERE c.registration_id = was.id AND c.state = 'open' AND (c.id = which.id
        OR centre.is_answered(c.other_payload, was.payload, which.other_payload));
    GET DIAGNOSTICS others = ROW_COUNT;
    PERFORM centre.note('conflict_settled', was.id::text,
        jsonb_build_object('kept', settle.keep, 'revision', next, 'versions', others));
    RETURN jsonb_build_object('outcome', 'done', 'revision', next);
END $$;

-- Erase what the centre holds. While its kiosk works that is done at the kiosk's desk and comes up
-- by itself; here only for a kiosk that was revoked.
CREATE OR REPLACE FUNCTION desk_api.erase(id uuid)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('supervisor');
    was centre.registration := centre.held(erase.id, caller.office);
BEGIN
    IF was.id IS NULL THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    IF EXISTS (SELECT FROM centre.kiosk k WHERE k.id = was.kiosk_id AND k.state <> 'revoked') THEN
        RETURN '{"outcome": "at_the_kiosk"}';
    END IF;
    PERFORM centre.erase(was.kiosk_id, ARRAY[was.id], ARRAY[was.number],
        ARRAY[centre.iso_now()], ARRAY[was.receipt]);
    PERFORM centre.note('erased', was.id::text, '{}');
    RETURN '{"outcome": "done"}';
END $$;

-- ------------------------------------------------------------ the office's admin

-- The logins of an office's people; the kabupaten's admin sees all.
CREATE OR REPLACE FUNCTION desk_api.staff()
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('office_admin', 'kabupaten_admin');
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'login', s.role_name, 'name', s.name, 'role', s.role, 'office', s.office,
            'active', s.active, 'claim_until', s.claim_until) ORDER BY s.name, s.role_name), '[]')
        FROM centre.staff s
        WHERE caller.role = 'kabupaten_admin'
            OR (s.office = caller.office AND s.role IN ('clerk', 'supervisor', 'office_admin')));
END $$;

-- Let somebody of the office do nothing any more, at once.
CREATE OR REPLACE FUNCTION desk_api.staff_stop(login text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('office_admin');
BEGIN
    PERFORM centre.end_sessions(s.role_name) FROM centre.staff s
    WHERE s.role_name = staff_stop.login AND s.office = caller.office
        AND s.role IN ('clerk', 'supervisor', 'office_admin') AND s.role_name <> session_user;
    UPDATE centre.staff s SET active = false, claim_until = NULL
    WHERE s.role_name = staff_stop.login AND s.office = caller.office
        AND s.role IN ('clerk', 'supervisor', 'office_admin');
    IF NOT FOUND THEN
        RETURN '{"outcome": "not_found"}';
    END IF;
    PERFORM centre.note('staff_stopped', staff_stop.login, '{}');
    RETURN '{"outcome": "done"}';
END $$;
