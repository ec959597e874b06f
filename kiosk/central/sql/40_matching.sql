-- The same person twice: what is compared, and what is put before a person (docs/duplicates.md).
-- Nothing here changes, merges or hides a registration.

CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA centre;

-- A name as it is compared: capitals A-Z and spaces, without titles, with one spelling for the
-- usual variants. M and ST (Muhammad, Siti) stand last: names begin with what tells them apart.
CREATE OR REPLACE FUNCTION centre.fold_name(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    titles CONSTANT text := 'H|HJ|HJH|HAJI|HAJAH|KH|KI|KYAI|KIAI|NYAI|UST|USTAD|USTADZ|USTADZAH|'
        'DR|DRA|DRS|DRG|IR|PROF';
    degrees CONSTANT text := '[SM] ?(?:E|H|T|PD|PDI|AG|IP|KM|KOM|SOS|SI|KEP|KEB|TP|AK|KES)|M ?M|'
        'A ?MD(?: ?KEB| ?KEP)?|LC|BA';
    t text := upper(normalize(name, NFKD));
BEGIN
    IF btrim(split_part(t, ',', 1)) <> '' THEN
        t := split_part(t, ',', 1);
    END IF;
    t := regexp_replace(t, '[''`’ʼ\u0300-\u036F]', '', 'g');
    t := ' ' || btrim(regexp_replace(t, '[^A-Z]+', ' ', 'g')) || ' ';
    IF t = '  ' THEN
        RETURN upper(name);
    END IF;
    t := replace(replace(t, 'OE', 'U'), 'OO', 'U');
    t := regexp_replace(t, '([A-Z])\1+', '\1', 'g');
    t := regexp_replace(t, '^(?: (?:' || titles || '))+(?= [A-Z])', '');
    t := regexp_replace(t, '([A-Z]) (?:BIN|BINTI|BINTE|BT|BTI) .*$', '\1 ');
    t := regexp_replace(t, '([A-Z]{2})(?: (?:' || degrees || '))+ $', '\1 ');
    t := regexp_replace(t, ' (?:MD|MHD|MOHD|M[UO]K?C?H|M[UO][KC]?H[AE]M[AE]D)(?= )', ' M', 'g');
    t := regexp_replace(t, ' (?:ACH|AKH|AHM|A[CK]?HM[AE]D)(?= )', ' AHMAD', 'g');
    t := regexp_replace(t, ' (?:SITI|SITY|SITIH|STI)(?= )', ' ST', 'g');
    t := regexp_replace(t, ' (?:ABD|ABDL)(?= )', ' ABDUL', 'g');
    t := replace(replace(t, ' TUBAGUS ', ' TB '), ' RATU ', ' RT ');
    -- By sound: old and Arabic spellings, and letters that are heard alike.
    t := replace(replace(replace(replace(t, 'DJ', 'J'), 'DZ', 'J'), 'TJ', 'C'), 'UW', 'U');
    t := replace(replace(replace(replace(t, 'SY', 'S'), 'SJ', 'S'), 'SH', 'S'), 'TS', 'S');
    t := replace(replace(replace(replace(t, 'KH', 'H'), 'CH', 'H'), 'GH', 'G'), 'DH', 'D');
    t := replace(replace(replace(t, 'TH', 'T'), 'PH', 'P'), 'OH', 'AH');
    t := translate(replace(replace(t, 'ZK', 'SK'), 'ZQ', 'SK'), 'FVZYQ', 'PPJIK');
    t := replace(replace(t, 'AE', 'AI'), 'H ', ' ');
    t := regexp_replace(t, '([A-Z])\1+', '\1', 'g');
    t := btrim(regexp_replace(t, '^((?: (?:M|ST))+)( .+) $', '\2\1'));
    RETURN CASE t WHEN '' THEN upper(name) ELSE t END;
END;
$$;

-- How many single letters two folded names may differ by, from the shorter one's length.
CREATE OR REPLACE FUNCTION centre.name_edits(shorter int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN shorter < 6 THEN 0 WHEN shorter < 12 THEN 1 ELSE 2 END;

-- Whether two folded names are one name, spaces apart, or within the letters allowed.
CREATE OR REPLACE FUNCTION centre.names_near(one text, other text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT centre.levenshtein_less_equal(a, b, e) <= e
    FROM (SELECT replace(one, ' ', '') AS a, replace(other, ' ', '') AS b) n,
         LATERAL (SELECT centre.name_edits(least(length(a), length(b))) AS e) m
);

-- Whether all words of one name, single letters apart, stand in the other.
CREATE OR REPLACE FUNCTION centre.names_contained(one text, other text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT a <> '{}' AND b <> '{}' AND (a <@ b OR b <@ a)
    FROM (SELECT array_remove(regexp_split_to_array(one, '( |^)(.( |$))*'), '') AS a,
                 array_remove(regexp_split_to_array(other, '( |^)(.( |$))*'), '') AS b) n
);

-- Whether the birth date is the one in the NIK (of women the day + 40).
CREATE OR REPLACE FUNCTION centre.is_born_by_nik(p centre.person) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN substr(p.nik, 8, 1) = substr(p.birth_date, 10, 1)
    AND substr(p.nik, 9, 4) = substr(p.birth_date, 6, 2) || substr(p.birth_date, 3, 2)
    AND ascii(substr(p.nik, 7, 1)) - ascii(substr(p.birth_date, 9, 1)) IN (0, 4);

-- Whether two numbers differ in one digit, or in two neighbours that changed places.
CREATE OR REPLACE FUNCTION centre.is_one_slip(one text, other text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN centre.levenshtein_less_equal(one, other, 1) = 1 OR EXISTS (
    SELECT FROM generate_series(1, length(one) - 1) AS i
    WHERE overlay(one PLACING reverse(substr(one, i, 2)) FROM i) = other
);

-- The rule: why two registrations may be one person's, or null. Two people born on one day at one
-- place have NIKs that differ in the last digits only, those of neighbouring kecamatan in one or
-- two more; so a likely NIK says little until the names agree, and of twins only equal names do.
CREATE OR REPLACE FUNCTION centre.because(p centre.person, o centre.person) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    same_desa CONSTANT bool := p.desa_code = o.desa_code AND p.desa_code <> '';
    p_letters CONSTANT text := replace(p.name, ' ', '');
    o_letters CONSTANT text := replace(o.name, ' ', '');
    -- Date and first half of the serial: people born on one day share them, but for the sex.
    mistyped CONSTANT bool := substr(p.nik, 8, 7) <> substr(o.nik, 8, 7)
        OR abs(ascii(substr(p.nik, 7, 1)) - ascii(substr(o.nik, 7, 1))) NOT IN (0, 4);
    like_twins CONSTANT bool := NOT mistyped AND left(p.nik, 6) = left(o.nik, 6);
    near_nik bool;
BEGIN
    IF p.nik = o.nik THEN
        RETURN 'nik';
    END IF;
    near_nik := centre.levenshtein_less_equal(p.nik, o.nik, 2) <= 2;
    IF p.birth_date <> o.birth_date THEN
        -- One slip in the date of a NIK, and the kiosk took the birth date from there.
        RETURN CASE WHEN near_nik AND same_desa AND p_letters = o_letters
            AND length(p_letters) >= 9 AND mistyped AND centre.is_one_slip(p.nik, o.nik)
            AND centre.is_born_by_nik(p) AND centre.is_born_by_nik(o) THEN 'near_nik' END;
    ELSIF p_letters = o_letters THEN
        RETURN CASE
            WHEN near_nik AND (mistyped OR same_desa OR length(p_letters) >= 14) THEN 'near_nik'
            WHEN same_desa THEN 'name'
        END;
    ELSIF like_twins OR NOT (near_nik OR same_desa) THEN
        RETURN NULL;
    ELSIF centre.names_near(p.name, o.name) THEN
        RETURN CASE WHEN near_nik AND (mistyped OR same_desa) THEN 'near_nik'
            WHEN same_desa THEN 'name' END;
    END IF;
    RETURN CASE WHEN near_nik AND (mistyped OR same_desa)
        AND centre.names_contained(p.name, o.name) THEN 'near_nik' END;
END;
$$;

-- Who may be the same person as `p`, by look-ups so narrow that they stay few among a million.
CREATE OR REPLACE FUNCTION centre.alike(p centre.person) RETURNS TABLE (id uuid, because text)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT o.registration_id, centre.because(p, o)
    FROM (
        SELECT * FROM centre.person WHERE nik = p.nik
        UNION ALL
        SELECT * FROM centre.person
        WHERE birth_date = p.birth_date AND desa_code = p.desa_code AND p.desa_code <> ''
        UNION ALL
        SELECT * FROM centre.person
        WHERE birth_date = p.birth_date
            AND name >= left(p.name, 3) AND name < left(p.name, 3) || '~'
        UNION ALL
        SELECT * FROM centre.person
        WHERE name = p.name AND desa_code = p.desa_code AND p.desa_code <> ''
    ) o
    WHERE o.in_force AND o.registration_id <> p.registration_id
$$;

-- What centre.person is to say of these registrations.
CREATE OR REPLACE FUNCTION centre.persons_of(ids uuid[]) RETURNS SETOF centre.person
LANGUAGE sql STABLE AS $$
    SELECT id, payload->'row'->>'nik', centre.fold_name(payload->'row'->>'name'),
        payload->'row'->>'birth_date', desa_code, office, status NOT IN ('void', 'rejected')
    FROM centre.registration WHERE id = ANY (ids)
$$;

-- Brings centre.person up to date with these registrations, and has those looked at that are new
-- or changed. Called by whatever stores, changes, voids or erases registrations.
CREATE OR REPLACE FUNCTION centre.note_persons(ids uuid[]) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    old centre.person;
BEGIN
    FOR old IN SELECT * FROM centre.person WHERE registration_id = ANY (ids) LOOP
        PERFORM centre.note_changed(old);
    END LOOP;
    WITH noted AS (
        INSERT INTO centre.person
        SELECT n.* FROM centre.persons_of(ids) n
        WHERE NOT EXISTS (
            SELECT FROM centre.person p WHERE p.registration_id = n.registration_id
        )
        RETURNING registration_id
    )
    INSERT INTO centre.to_match
    SELECT r.id, r.kiosk_id
    FROM noted n JOIN centre.registration r ON r.id = n.registration_id
    ON CONFLICT DO NOTHING;
END;
$$;

-- Takes away a person who is no longer as noted. Of an erased one no question stays; a pair that a
-- person told apart may be asked again if what matched is no longer the same.
CREATE OR REPLACE FUNCTION centre.note_changed(old centre.person) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_is centre.person;
BEGIN
    SELECT * INTO now_is FROM centre.persons_of(ARRAY[old.registration_id]);
    IF now_is = old THEN
        RETURN;
    END IF;
    DELETE FROM centre.person WHERE registration_id = old.registration_id;
    IF now_is.registration_id IS NULL THEN
        DELETE FROM centre.to_match WHERE registration_id = old.registration_id;
        DELETE FROM centre.match WHERE state = 'open' AND old.registration_id IN (one, other);
        RETURN;
    END IF;
    UPDATE centre.match SET changed = true
    WHERE state = 'different' AND old.registration_id IN (one, other) AND CASE because
        WHEN 'nik' THEN now_is.nik <> old.nik
        WHEN 'near_nik' THEN (now_is.nik, now_is.name, now_is.birth_date)
            <> (old.nik, old.name, old.birth_date)
        ELSE (now_is.name, now_is.birth_date, now_is.desa_code)
            <> (old.name, old.birth_date, old.desa_code) END;
END;
$$;

-- Looks at up to `most` registrations that wait for it (null: all), none of the kiosk `not_of`;
-- returns how many. What another session looks at is left to it. Writes in the order of the pairs,
-- so that two sessions that find the same ones wait for each other, never in a circle.
CREATE OR REPLACE FUNCTION centre.match_pending(most int, not_of uuid) RETURNS int
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    taken CONSTANT uuid[] := ARRAY(
        SELECT registration_id FROM centre.to_match WHERE kiosk_id IS DISTINCT FROM not_of
        LIMIT most FOR UPDATE SKIP LOCKED
    );
BEGIN
    IF taken = '{}' THEN
        RETURN 0;
    END IF;
    INSERT INTO centre.match AS m (one, other, because)
    SELECT DISTINCT least(p.registration_id, a.id), greatest(p.registration_id, a.id), a.because
    FROM centre.person p CROSS JOIN LATERAL centre.alike(p) a
    WHERE p.registration_id = ANY (taken) AND p.in_force AND a.because IS NOT NULL
    ORDER BY 1, 2
    ON CONFLICT (one, other) DO UPDATE
    SET because = excluded.because, state = 'open', found_at = clock_timestamp(),
        changed = false, decided_by = '', decided_at = NULL, reason = ''
    WHERE m.state = 'different' AND m.changed;
    INSERT INTO centre.alarm (kiosk_id, kind, registration_id, details)
    SELECT r.kiosk_id, 'number_clash', r.id, jsonb_build_object('other', min(o.id::text))
    FROM centre.registration r
    JOIN centre.registration o ON o.number = r.number AND o.id <> r.id
    WHERE r.id = ANY (taken)
    GROUP BY r.kiosk_id, r.id
    ORDER BY r.id
    ON CONFLICT (registration_id) WHERE kind = 'number_clash' DO NOTHING;
    DELETE FROM centre.to_match WHERE registration_id = ANY (taken);
    RETURN cardinality(taken);
END;
$$;

-- What is put before a person: undecided, and both registrations still in force.
CREATE OR REPLACE VIEW centre.open_match AS
SELECT m.* FROM centre.match m
WHERE m.state = 'open'
    AND (SELECT p.in_force FROM centre.person p WHERE p.registration_id = m.one)
    AND (SELECT p.in_force FROM centre.person p WHERE p.registration_id = m.other);
