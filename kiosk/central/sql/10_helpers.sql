-- What several functions need. Nobody but the owner may execute these.
-- A text with a backslash needs SET standard_conforming_strings: its meaning is the caller's setting.

-- The centre's time as kiosks write theirs.
CREATE OR REPLACE FUNCTION centre.iso_now() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"');
$$;

-- The centre's day, for counting.
CREATE OR REPLACE FUNCTION centre.today() RETURNS date LANGUAGE sql VOLATILE AS $$
    SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date;
$$;

-- Whether the last of twelve digits is the check digit of the others (Damm, see
-- kiosk/domain/registration_number.py).
CREATE OR REPLACE FUNCTION centre.damm_fits(digits text) RETURNS bool
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    state int := 0;
BEGIN
    FOR place IN 1..12 LOOP
        state := substr(
            '0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790',
            state * 10 + substr(digits, place, 1)::int + 1, 1)::int;
    END LOOP;
    RETURN state = 0;
END $$;

-- Whether a text is a date as ISO writes it, from 1900 to 2099. Never fails.
CREATE OR REPLACE FUNCTION centre.is_date(said text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN said !~ '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN false
        WHEN substr(said, 9, 2) <= '28' THEN true
        ELSE substr(said, 9, 2)::int <= extract(day FROM
            make_date(substr(said, 1, 4)::int, substr(said, 6, 2)::int, 1)
            + interval '1 month' - interval '1 day')
    END;
$$;

-- An alarm that is not repeated within the hour. Details hold no personal data.
CREATE OR REPLACE FUNCTION centre.raise_alarm(kiosk uuid, about text, details jsonb)
RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO centre.alarm (kiosk_id, kind, details)
    SELECT raise_alarm.kiosk, about, raise_alarm.details
    WHERE NOT EXISTS (
        SELECT FROM centre.alarm a
        WHERE a.kiosk_id = raise_alarm.kiosk AND a.kind = about
          AND a.at > clock_timestamp() - interval '1 hour');
$$;

-- The columns that differ: {column: [there, here]}; the revision always does.
CREATE OR REPLACE FUNCTION centre.differing(there jsonb, here jsonb)
RETURNS jsonb LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(t.key, jsonb_build_array(t.value, here -> t.key)), '{}')
    FROM jsonb_each(there) t
    WHERE t.key <> 'revision' AND here ? t.key AND t.value <> here -> t.key;
$$;
