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

-- What follows a state (tens) and a digit (ones) in Damm's check (see
-- kiosk/domain/registration_number.py).
CREATE OR REPLACE FUNCTION centre.damm_table() RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN decode(
    '0003010705090806040207000902010504080603'
    '0402000608070103050901070500090803040206'
    '0601020300040509070803060704020009050801'
    '0508060907020001030408090405030602000107'
    '0904030806010702000502050801040306070900',
    'hex');

-- Whether the last of twelve digits is the check digit of the others. Written out, for a loop takes
-- eight times as long.
CREATE OR REPLACE FUNCTION centre.damm_fits(digits text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 0 =
    get_byte(centre.damm_table(), get_byte(centre.damm_table(), get_byte(centre.damm_table(),
    get_byte(centre.damm_table(), get_byte(centre.damm_table(), get_byte(centre.damm_table(),
    get_byte(centre.damm_table(), get_byte(centre.damm_table(), get_byte(centre.damm_table(),
    get_byte(centre.damm_table(), get_byte(centre.damm_table(), get_byte(centre.damm_table(),
    get_byte(digits::bytea, 0) - 48) * 10 + get_byte(digits::bytea, 1) - 48)
    * 10 + get_byte(digits::bytea, 2) - 48) * 10 + get_byte(digits::bytea, 3) - 48)
    * 10 + get_byte(digits::bytea, 4) - 48) * 10 + get_byte(digits::bytea, 5) - 48)
    * 10 + get_byte(digits::bytea, 6) - 48) * 10 + get_byte(digits::bytea, 7) - 48)
    * 10 + get_byte(digits::bytea, 8) - 48) * 10 + get_byte(digits::bytea, 9) - 48)
    * 10 + get_byte(digits::bytea, 10) - 48) * 10 + get_byte(digits::bytea, 11) - 48);

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
