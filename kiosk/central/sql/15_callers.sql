-- Who calls, and what the audit is told. For functions of the owner only: nobody may execute these.
-- A caller is who logged in (session_user), never an argument.

-- Append to the audit. Details hold no personal data.
CREATE OR REPLACE FUNCTION centre.note(action text, subject text, details jsonb)
RETURNS void LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO centre.audit (actor, action, subject, details)
    VALUES (session_user, note.action, note.subject, note.details);
$$;

-- The person who calls, if they are of one of these roles; else 42501, whatever the reason.
CREATE OR REPLACE FUNCTION centre.person_calling(VARIADIC roles text[])
RETURNS centre.staff LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff;
BEGIN
    SELECT s.* INTO caller FROM centre.staff s
    WHERE s.role_name = session_user AND s.active AND s.role = ANY (person_calling.roles);
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'this login may not do that';
    END IF;
    RETURN caller;
END $$;

-- The kabupaten's admin, or whoever owns the centre (who makes the first admin); else 42501.
CREATE OR REPLACE FUNCTION centre.require_admin()
RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'anjungan_owner', 'MEMBER') THEN
        PERFORM centre.person_calling('kabupaten_admin');
    END IF;
END $$;

-- End the sessions of a login that is to be shut out, and wait until they are: one of them could hold
-- its own row in a transaction that never ends. Nothing where the owner may end none (docs/centre.md).
CREATE OR REPLACE FUNCTION centre.end_sessions(login text)
RETURNS void LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_terminate_backend(a.pid, 5000) FROM pg_stat_activity a
    WHERE a.usename = end_sessions.login AND pg_has_role('pg_signal_backend', 'USAGE');
END $$;

-- How long a transaction of a kiosk's or a person's login may take. Their own limits are far below
-- (kiosk/central/roles.py), but a login can set those aside.
CREATE OR REPLACE FUNCTION centre.longest() RETURNS interval LANGUAGE sql IMMUTABLE AS $$
    SELECT interval '5 minutes';
$$;

-- End the sessions that hold a transaction, and with it locks, for longer than any honest one: nobody
-- stops a hand-in or a decision for good. Nothing where the owner may end none (docs/centre.md).
CREATE OR REPLACE FUNCTION centre.end_overlong()
RETURNS void LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_terminate_backend(a.pid, 5000) FROM pg_stat_activity a
    WHERE a.xact_start < clock_timestamp() - centre.longest()
        AND a.datname = current_database() AND a.pid <> pg_backend_pid()
        AND a.usename ~ '^(kiosk_[0-9]{5}|staff_[0-9a-f]{8})$'
        AND pg_has_role('pg_signal_backend', 'USAGE');
END $$;
