-- The console of the kabupaten's admin.

-- ------------------------------------------------------------ reading

CREATE OR REPLACE FUNCTION console_api.kiosks()
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'number', k.number, 'login', k.role_name, 'name', k.name, 'office', k.office,
            'state', k.state, 'claim_until', k.claim_until, 'receipts', k.receipts,
            'last_seen_at', k.last_seen_at, 'app_version', k.app_version, 'health', k.health,
            'questioned', (
                SELECT count(*) FROM centre.incarnation i
                WHERE i.kiosk_id = k.id AND i.state = 'questioned'))
            ORDER BY k.office, k.name, k.number), '[]')
        FROM centre.kiosk k);
END $$;

-- The latest alarms, newest first.
CREATE OR REPLACE FUNCTION console_api.alarms()
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    PERFORM centre.match_pending(1000, NULL);
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', a.id, 'number', a.number, 'kind', a.kind, 'details', a.details, 'at', a.at)
            ORDER BY a.id DESC), '[]')
        FROM (
            SELECT a.id, k.number, a.kind, a.details, a.at
            FROM centre.alarm a LEFT JOIN centre.kiosk k ON k.id = a.kiosk_id
            ORDER BY a.id DESC LIMIT 500
        ) a);
END $$;

-- The stores that were seen of a kiosk, oldest first: more than one at work is a copied disk.
CREATE OR REPLACE FUNCTION console_api.incarnations(number text)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'incarnation', i.incarnation, 'state', i.state, 'first_seen_at', i.first_seen_at,
            'last_seen_at', i.last_seen_at, 'registrations', (
                SELECT count(*) FROM centre.registration r
                WHERE r.kiosk_id = k.id AND r.incarnation = i.incarnation))
            ORDER BY i.first_seen_at), '[]')
        FROM centre.kiosk k JOIN centre.incarnation i ON i.kiosk_id = k.id
        WHERE k.number = incarnations.number);
END $$;

CREATE OR REPLACE FUNCTION console_api.audit(before bigint, most integer)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    RETURN (
        SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.seq DESC), '[]')
        FROM (
            SELECT e.* FROM centre.audit e
            WHERE audit.before IS NULL OR e.seq < audit.before
            ORDER BY e.seq DESC LIMIT least(audit.most, 1000)
        ) a);
END $$;

-- ------------------------------------------------------------ kiosks

-- The kiosk of a number, locked; P0002 if there is none.
CREATE OR REPLACE FUNCTION centre.kiosk_numbered(number text)
RETURNS centre.kiosk LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found centre.kiosk;
BEGIN
    SELECT k.* INTO found FROM centre.kiosk k WHERE k.number = kiosk_numbered.number FOR UPDATE;
    IF found.id IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = 'no kiosk has this number';
    END IF;
    RETURN found;
END $$;

-- Make the login of a kiosk or a person who is yet to claim it, or open a kiosk's again. `verifier` is
-- what the password of its token is checked by. P0002 for any other: nobody is given the login of
-- somebody who works with it.
CREATE OR REPLACE FUNCTION console_api.let_in(login text, verifier text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    waits record;
BEGIN
    PERFORM centre.require_admin();
    SELECT w.* INTO waits FROM (
        SELECT 'anjungan_kiosk' AS of_group, 2 AS connections FROM centre.kiosk k
        WHERE k.role_name = let_in.login AND k.state = 'claiming' AND k.claim_until > clock_timestamp()
        UNION ALL
        SELECT 'anjungan_' || s.role, 4 FROM centre.staff s
        WHERE s.role_name = let_in.login AND NOT s.active AND s.claim_until > clock_timestamp()
            AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = s.role_name)
    ) w;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = 'nobody waits for this login';
    END IF;
    PERFORM logins.give(let_in.login, waits.of_group, waits.connections, let_in.verifier);
    PERFORM centre.note('let_in', let_in.login, '{}');
END $$;

-- A new kiosk, which somebody has to claim within so many hours; its login is made by let_in().
-- `number` (null: one is drawn) is for a kiosk that a restored centre does not know any more: what it
-- registered under its number can be handed in under no other.
CREATE OR REPLACE FUNCTION console_api.enrol(name text, office text, hours integer, number text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fresh centre.kiosk;
    free text := enrol.number;
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(length(btrim(enrol.name)) BETWEEN 1 AND 80
        AND enrol.office ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}$'
        AND enrol.hours BETWEEN 1 AND 720, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023',
            MESSAGE = 'a kiosk needs a name, an office like 36.04.09 and 1 to 720 hours';
    END IF;
    IF free !~ '^[1-8][0-9]{4}$' OR EXISTS (SELECT FROM centre.kiosk k WHERE k.number = free) THEN
        RAISE EXCEPTION USING ERRCODE = '22023',
            MESSAGE = 'a number is 10000 to 89999, and no other kiosk''s';
    END IF;
    IF free IS NULL THEN
        SELECT drawn.number INTO free FROM (
            SELECT (10000 + floor(random() * 80000))::integer::text AS number
            FROM generate_series(1, 1000)
        ) drawn
        WHERE NOT EXISTS (SELECT FROM centre.kiosk k WHERE k.number = drawn.number)
            AND NOT EXISTS (SELECT FROM pg_roles o WHERE o.rolname = 'kiosk_' || drawn.number)
        LIMIT 1;
    END IF;
    INSERT INTO centre.kiosk (id, number, role_name, name, office, state, claim_until, created_by)
    VALUES (gen_random_uuid(), free, 'kiosk_' || free, btrim(enrol.name), enrol.office, 'claiming',
        clock_timestamp() + make_interval(hours => enrol.hours), session_user)
    RETURNING * INTO fresh;
    PERFORM centre.note('kiosk_enrolled', fresh.number, jsonb_build_object('office', fresh.office));
    RETURN jsonb_build_object('number', fresh.number, 'login', fresh.role_name,
        'claim_until', fresh.claim_until);
END $$;

-- Let a kiosk claim its number anew: its secret is lost, it was revoked, or one of two copies stays.
CREATE OR REPLACE FUNCTION console_api.enrol_again(number text, hours integer)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(enrol_again.hours BETWEEN 1 AND 720, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'a token lives 1 to 720 hours';
    END IF;
    which := centre.kiosk_numbered(enrol_again.number);
    IF which.state <> 'revoked' THEN
        RAISE EXCEPTION USING ERRCODE = '55000', MESSAGE = 'a kiosk is revoked before it claims anew';
    END IF;
    UPDATE centre.kiosk k SET state = 'claiming',
        claim_until = clock_timestamp() + make_interval(hours => enrol_again.hours)
    WHERE k.id = which.id RETURNING * INTO which;
    PERFORM centre.note('kiosk_enrolled_again', which.number, '{}');
    RETURN jsonb_build_object('number', which.number, 'login', which.role_name,
        'claim_until', which.claim_until);
END $$;

-- Forget kiosks and people that never claimed in time, and their logins.
-- A kiosk that has claimed before is kept: it only cannot claim any more.
CREATE OR REPLACE FUNCTION console_api.drop_unclaimed()
RETURNS text[] LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone text[];
BEGIN
    PERFORM centre.require_admin();
    WITH kiosks AS (
        DELETE FROM centre.kiosk k
        WHERE k.state = 'claiming' AND k.claim_until < clock_timestamp() AND k.public_key = ''
        RETURNING k.role_name
    ), people AS (
        DELETE FROM centre.staff s
        WHERE NOT s.active AND s.claim_until < clock_timestamp()
        RETURNING s.role_name
    )
    SELECT array_agg(u.role_name) INTO gone
    FROM (SELECT role_name FROM kiosks UNION ALL SELECT role_name FROM people) u;
    IF gone IS NOT NULL THEN
        PERFORM logins.forget(u.login) FROM unnest(gone) u (login);
        PERFORM centre.note('unclaimed_dropped', '', jsonb_build_object('logins', to_jsonb(gone)));
    END IF;
    RETURN coalesce(gone, '{}');
END $$;

CREATE OR REPLACE FUNCTION console_api.revoke(number text)
RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    PERFORM centre.end_sessions(k.role_name) FROM centre.kiosk k WHERE k.number = revoke.number;
    which := centre.kiosk_numbered(revoke.number);
    UPDATE centre.kiosk k SET state = 'revoked', claim_until = NULL WHERE k.id = which.id;
    PERFORM logins.close(which.role_name);
    PERFORM centre.note('kiosk_revoked', which.number, '{}');
    RETURN which.role_name;
END $$;

-- A locked kiosk hands in all the same, and shows that an admin has to look.
CREATE OR REPLACE FUNCTION console_api.lock(number text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    which := centre.kiosk_numbered(lock.number);
    IF which.state = 'active' THEN
        PERFORM centre.give_order(which, 'lock', '');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION console_api.unlock(number text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    which := centre.kiosk_numbered(unlock.number);
    IF which.state = 'locked' THEN
        PERFORM centre.give_order(which, 'unlock', '');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION console_api.set_cap(number text, cap integer)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(set_cap.cap BETWEEN 1 AND 1000000, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'a cap is 1 to 1000000 records a day';
    END IF;
    which := centre.kiosk_numbered(set_cap.number);
    UPDATE centre.kiosk k SET daily_cap = set_cap.cap WHERE k.id = which.id;
    PERFORM centre.note('cap_set', which.number, jsonb_build_object('cap', set_cap.cap));
END $$;

-- Two stores of one kiosk were seen and an admin has looked: all of them go on as they are.
-- Returns how many were questioned.
CREATE OR REPLACE FUNCTION console_api.settle_incarnation(number text)
RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
    settled integer;
BEGIN
    PERFORM centre.require_admin();
    which := centre.kiosk_numbered(settle_incarnation.number);
    UPDATE centre.incarnation i SET state = 'settled', settled_by = session_user,
        settled_at = clock_timestamp()
    WHERE i.kiosk_id = which.id AND i.state = 'questioned';
    GET DIAGNOSTICS settled = ROW_COUNT;
    PERFORM centre.note('incarnations_settled', which.number,
        jsonb_build_object('count', settled));
    RETURN settled;
END $$;

-- Let a kiosk whose store and journal are gone fetch its own registrations for so many hours.
CREATE OR REPLACE FUNCTION console_api.open_recovery(number text, hours integer)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(open_recovery.hours BETWEEN 0 AND 72, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'a recovery is open for 0 to 72 hours';
    END IF;
    which := centre.kiosk_numbered(open_recovery.number);
    UPDATE centre.kiosk k
    SET recovery_until = clock_timestamp() + make_interval(hours => open_recovery.hours)
    WHERE k.id = which.id;
    PERFORM centre.note('recovery_opened', which.number,
        jsonb_build_object('hours', open_recovery.hours));
END $$;

-- End the connections of a login that was revoked or ended; of no other.
CREATE OR REPLACE FUNCTION console_api.disconnect(login text)
RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ended integer;
BEGIN
    PERFORM centre.require_admin();
    IF NOT EXISTS (
        SELECT FROM centre.kiosk k
        WHERE k.role_name = disconnect.login AND k.state = 'revoked'
        UNION ALL
        SELECT FROM centre.staff s WHERE s.role_name = disconnect.login AND NOT s.active
    ) THEN
        RETURN 0;
    END IF;
    SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid)) INTO ended
    FROM pg_stat_activity a WHERE a.usename = disconnect.login;
    RETURN ended;
END $$;

-- ------------------------------------------------------------ people

CREATE OR REPLACE FUNCTION console_api.staff_add(name text, role text, office text, hours integer)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fresh centre.staff;
    of_office boolean := staff_add.role IN ('clerk', 'supervisor', 'office_admin');
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(length(btrim(staff_add.name)) BETWEEN 1 AND 80
        AND staff_add.role IN
            ('clerk', 'supervisor', 'office_admin', 'kabupaten_admin', 'report', 'branch')
        AND staff_add.office ~ CASE WHEN of_office
            THEN '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}$' ELSE '^$' END
        AND staff_add.hours BETWEEN 1 AND 720, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023',
            MESSAGE = 'a login needs a name, a role, for an office''s role the office, and 1 to 720 hours';
    END IF;
    INSERT INTO centre.staff (role_name, name, role, office, active, claim_until, created_by)
    VALUES ('staff_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 8),
        btrim(staff_add.name), staff_add.role, staff_add.office, false,
        clock_timestamp() + make_interval(hours => staff_add.hours), session_user)
    RETURNING * INTO fresh;
    PERFORM centre.note('staff_added', fresh.role_name,
        jsonb_build_object('role', fresh.role, 'office', fresh.office));
    RETURN jsonb_build_object('login', fresh.role_name, 'claim_until', fresh.claim_until);
END $$;

CREATE OR REPLACE FUNCTION console_api.staff_remove(login text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    PERFORM centre.end_sessions(s.role_name) FROM centre.staff s
    WHERE s.role_name = staff_remove.login AND s.role_name <> session_user;
    UPDATE centre.staff s SET active = false, claim_until = NULL
    WHERE s.role_name = staff_remove.login;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = 'nobody has this login';
    END IF;
    PERFORM logins.close(staff_remove.login);
    PERFORM centre.note('staff_removed', staff_remove.login, '{}');
END $$;

CREATE OR REPLACE FUNCTION console_api.staff()
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'login', s.role_name, 'name', s.name, 'role', s.role, 'office', s.office,
            'active', s.active, 'claim_until', s.claim_until) ORDER BY s.office, s.name), '[]')
        FROM centre.staff s);
END $$;
