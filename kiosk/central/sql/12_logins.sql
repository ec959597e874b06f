-- The only place that makes, opens and closes logins (docs/decisions/0066). The functions are of a role
-- that can make roles and owns nothing else; only the owner's functions may call them, and those say
-- for whom. What a login may be is written here, whatever is asked for.

SET LOCAL ROLE anjungan_logins;

-- Raise 22023 for anything but a login of a kiosk or a person, or for another thing than what a
-- password can be checked by (SCRAM).
CREATE OR REPLACE FUNCTION logins.check_asked(login text, verifier text) RETURNS void
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
SET standard_conforming_strings = on AS $$
BEGIN
    IF NOT coalesce(login ~ '^(kiosk_[1-8][0-9]{4}|staff_[0-9a-f]{8})$', false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'this is no login of the centre';
    ELSIF NOT coalesce(length(verifier) < 200 AND verifier ~
        '^SCRAM-SHA-256[$][0-9]{4,6}:[A-Za-z0-9+/]+=*[$][A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$', false)
        THEN
        RAISE EXCEPTION USING ERRCODE = '22023',
            MESSAGE = 'a login is given what its password can be checked by, never the password';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION logins.is_there(login text) RETURNS bool
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = is_there.login);
$$;

-- Make a login of one group, or give the one that is there another password; it is let in again.
CREATE OR REPLACE FUNCTION logins.give(login text, of_group text, connections int, verifier text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM logins.check_asked(give.login, give.verifier);
    IF logins.is_there(give.login) THEN
        EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', give.login, give.verifier);
        RETURN;
    ELSIF NOT coalesce(give.of_group IN ('anjungan_kiosk', 'anjungan_clerk', 'anjungan_supervisor',
        'anjungan_office_admin', 'anjungan_kabupaten_admin', 'anjungan_report', 'anjungan_branch')
        AND give.connections BETWEEN 1 AND 4, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'this is no group of the centre';
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT %s PASSWORD %L',
        give.login, give.connections, give.verifier);
    EXECUTE format('GRANT %I TO %I', give.of_group, give.login);
    -- As role_settings() of kiosk/central/roles.py.
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', give.login, '60s');
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', give.login, '10s');
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', give.login, '60s');
END $$;

-- Let a login in no more; connections that are open stay.
CREATE OR REPLACE FUNCTION logins.close(login text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF close.login ~ '^(kiosk_[1-8][0-9]{4}|staff_[0-9a-f]{8})$' AND logins.is_there(close.login) THEN
        EXECUTE format('ALTER ROLE %I NOLOGIN', close.login);
    END IF;
END $$;

-- Drop a login that nobody ever used; it is only closed where it left something behind.
CREATE OR REPLACE FUNCTION logins.forget(login text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF forget.login ~ '^(kiosk_[1-8][0-9]{4}|staff_[0-9a-f]{8})$' THEN
        EXECUTE format('DROP ROLE IF EXISTS %I', forget.login);
    END IF;
EXCEPTION WHEN dependent_objects_still_exist OR object_in_use THEN
    PERFORM logins.close(forget.login);
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA logins FROM PUBLIC;
GRANT USAGE ON SCHEMA logins TO anjungan_owner;
GRANT EXECUTE ON FUNCTION logins.give(text, text, int, text), logins.close(text), logins.forget(text)
    TO anjungan_owner;

SET LOCAL ROLE anjungan_owner;
