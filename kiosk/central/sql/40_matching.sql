-- The same person twice: what is compared, and what is put before a person (docs/duplicates.md).
-- Nothing here changes, merges or hides a registration.

CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA centre;

-- Doubled letters written once. A regular expression takes ten times as long.
CREATE OR REPLACE FUNCTION centre.single_letters(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name,
    'AA', 'A'), 'BB', 'B'), 'DD', 'D'), 'FF', 'F'),
    'GG', 'G'), 'HH', 'H'), 'II', 'I'), 'JJ', 'J'),
    'KK', 'K'), 'LL', 'L'), 'MM', 'M'), 'NN', 'N'),
    'PP', 'P'), 'RR', 'R'), 'SS', 'S'), 'TT', 'T'),
    'UU', 'U'), 'WW', 'W'), 'YY', 'Y'), 'ZZ', 'Z');

-- A name as it is compared: capitals A-Z and spaces, without titles, with one spelling for the
-- usual variants. M and ST (Muhammad, Siti) stand last: names begin with what tells them apart.
-- Settings of its own would cost each name 3 us: whoever calls it has search_path pinned, and what
-- a backslash means is no setting in E''. Where a regular expression cannot match, none is tried.
-- At most 200 letters: some are written out as up to 18, and distances end at 255.
CREATE OR REPLACE FUNCTION centre.fold_name(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    titles CONSTANT text := 'H|HJ|HJH|HAJI|HAJAH|KH|KI|KYAI|KIAI|NYAI|UST|USTAD|USTADZ|USTADZAH|'
        'DR|DRA|DRS|DRG|IR|PROF';
    degrees CONSTANT text := '[SM] ?(?:E|H|T|PD|PDI|AG|IP|KM|KOM|SOS|SI|KEP|KEB|TP|AK|KES)|M ?M|'
        'A ?MD(?: ?KEB| ?KEP)?|LC|BA';
    t text := upper(CASE
        WHEN octet_length(name) = length(name) THEN name ELSE normalize(name, NFKD) END);
BEGIN
    IF t ~ '[^A-Z ]' THEN
        -- Degrees stand after a comma, or last.
        IF t LIKE '%,%' AND btrim(split_part(t, ',', 1)) <> '' THEN
            t := split_part(t, ',', 1);
        END IF;
        t := translate(t, '.-''`’ʼ', '  ');
        t := regexp_replace(regexp_replace(t, E'[\\u0300-\\u036F]', '', 'g'), '[^A-Z]', ' ', 'g');
    END IF;
    t := replace(replace(' ' || t || ' ', 'OE', 'U'), 'OO', 'U');
    t := centre.single_letters(replace(replace(t, '  ', ' '), '  ', ' '));
    IF strpos('HKNUDIP', substr(t, 2, 1)) > 0 THEN
        t := regexp_replace(t, '^(?: (?:' || titles || '))+(?= [A-Z])', '');
    END IF;
    IF t LIKE '%_ B%' THEN
        t := regexp_replace(t, '^( .+?) (?:BIN|BINTI|BINTE|BT|BTI) .*$', E'\\1 ');
    END IF;
    -- No degree's last word has more than six letters.
    IF strpos(left(right(t, 8), 7), ' ') > 0 THEN
        t := regexp_replace(t, '([A-Z]{2})(?: (?:' || degrees || '))+ $', E'\\1 ');
    END IF;
    IF t LIKE '% M%' THEN
        t := regexp_replace(t, ' (?:MD|MHD|MOHD|M[UO]K?C?H|M[UO][KC]?H[AE]M[AE]D)(?= )', ' M', 'g');
    END IF;
    IF t LIKE '% A%' THEN
        t := regexp_replace(t, ' (?:ACH|AKH|AHM|A[CK]?HM[AE]D)(?= )', ' AHMAD', 'g');
        t := replace(replace(t, ' ABD ', ' ABDUL '), ' ABDL ', ' ABDUL ');
    END IF;
    t := replace(replace(replace(t, ' SITI ', ' ST '), ' SITY ', ' ST '), ' STI ', ' ST ');
    t := replace(replace(t, ' TUBAGUS ', ' TB '), ' RATU ', ' RT ');
    -- By sound: old and Arabic spellings, and letters that are heard alike.
    t := replace(replace(replace(replace(t, 'DJ', 'J'), 'DZ', 'J'), 'TJ', 'C'), 'UW', 'U');
    t := replace(replace(replace(replace(t, 'SY', 'S'), 'SJ', 'S'), 'SH', 'S'), 'TS', 'S');
    t := replace(replace(replace(replace(t, 'KH', 'H'), 'CH', 'H'), 'GH', 'G'), 'DH', 'D');
    t := replace(replace(replace(t, 'TH', 'T'), 'PH', 'P'), 'OH', 'AH');
    t := translate(replace(replace(t, 'ZK', 'SK'), 'ZQ', 'SK'), 'FVZYQ', 'PPJIK');
    t := replace(replace(t, 'AE', 'AI'), 'H ', ' ');
    t := centre.single_letters(t);
    IF t LIKE ' M %' OR t LIKE ' ST %' THEN
        t := regexp_replace(t, '^((?: (?:M|ST))+)( .+) $', E'\\2\\1');
    END IF;
    t := btrim(t);
    RETURN left(CASE t WHEN '' THEN upper(name) ELSE t END, 200);
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

-- Whether all words of one name, but for the shortest (M, ST), stand in the other; a single word
-- is no more than itself.
CREATE OR REPLACE FUNCTION centre.names_contained(one text, other text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT (a <@ b OR b <@ a) AND least(cardinality(a), cardinality(b)) > 0
        AND (least(cardinality(a), cardinality(b)) > 1 OR a = b)
    FROM (SELECT array_remove(regexp_split_to_array(one, '( |^)(.{1,2}( |$))*'), '') AS a,
                 array_remove(regexp_split_to_array(other, '( |^)(.{1,2}( |$))*'), '') AS b) n
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
    -- Outside of the kabupaten is one place, with an empty code.
    same_desa CONSTANT bool := p.desa_code = o.desa_code;
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
        RETURN CASE WHEN near_nik AND same_desa AND p.desa_code <> '' AND p_letters = o_letters
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

-- Who may be the same person as `p`, the same NIK first, by look-ups so narrow that they stay few
-- among a million. At most 50: more questions about one registration help nobody, and without an
-- end a kiosk that hands in one person over and over would ask one for each two of them.
-- The keys are hashed, so that they are a quarter as long and more of them stay in memory.
CREATE OR REPLACE FUNCTION centre.alike(p centre.person) RETURNS TABLE (id uuid, because text)
LANGUAGE sql STABLE AS $$
    SELECT o.registration_id, centre.because(p, o)
    FROM (
        SELECT * FROM centre.person WHERE nik = p.nik
        UNION ALL
        SELECT * FROM centre.person
        WHERE hashtextextended(birth_date || desa_code, 0)
            = hashtextextended(p.birth_date || p.desa_code, 0)
        UNION ALL
        SELECT * FROM centre.person
        WHERE hashtextextended(birth_date || left(name, 3), 0)
            = hashtextextended(p.birth_date || left(p.name, 3), 0)
            AND centre.levenshtein_less_equal(nik, p.nik, 2) <= 2
        UNION ALL
        SELECT * FROM centre.person
        WHERE hashtextextended(name || desa_code, 0)
            = hashtextextended(p.name || p.desa_code, 0)
            AND p.desa_code <> '' AND centre.levenshtein_less_equal(nik, p.nik, 2) <= 2
    ) o
    WHERE o.in_force AND o.registration_id <> p.registration_id
        AND centre.because(p, o) IS NOT NULL
    LIMIT 50
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
    noted CONSTANT centre.person[] := ARRAY(
        SELECT p FROM centre.person p WHERE p.registration_id = ANY (ids)
    );
    present CONSTANT centre.person[] := ARRAY(SELECT p FROM centre.persons_of(ids) p);
    news CONSTANT centre.person[] := ARRAY(
        SELECT f FROM unnest(present) f
        LEFT JOIN centre.person p ON p.registration_id = f.registration_id
        WHERE p IS DISTINCT FROM f ORDER BY f.registration_id
    );
BEGIN
    -- First of all: this waits for a session that still looks at what they were before.
    INSERT INTO centre.to_match
    SELECT r.id, r.kiosk_id
    FROM unnest(news) n JOIN centre.registration r ON r.id = n.registration_id
    ON CONFLICT DO NOTHING;
    IF noted <> '{}' THEN
        PERFORM centre.forget_noted(noted, present);
    END IF;
    INSERT INTO centre.person SELECT * FROM unnest(news);
END;
$$;

-- Takes away persons who are no longer as noted. Of an erased one no question stays; a pair that
-- was told apart may be asked about again once what matched is no longer the same.
CREATE OR REPLACE FUNCTION centre.forget_noted(noted centre.person[], present centre.person[])
RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET enable_hashjoin = on AS $$
DECLARE
    stale CONSTANT uuid[] := ARRAY(
        SELECT n.registration_id FROM (
            SELECT * FROM unnest(noted) EXCEPT SELECT * FROM unnest(present)
        ) n
    );
    erased CONSTANT uuid[] := ARRAY(
        SELECT n.registration_id FROM unnest(noted) n
        EXCEPT SELECT f.registration_id FROM unnest(present) f
    );
BEGIN
    UPDATE centre.match m SET changed = true
    FROM unnest(noted) o JOIN unnest(present) n ON n.registration_id = o.registration_id
    WHERE m.state = 'different' AND o.registration_id = ANY (stale)
        AND (m.one = o.registration_id OR m.other = o.registration_id) AND CASE m.because
            WHEN 'nik' THEN n.nik <> o.nik
            WHEN 'near_nik' THEN (n.nik, n.name, n.birth_date) <> (o.nik, o.name, o.birth_date)
            ELSE (n.name, n.birth_date, n.desa_code) <> (o.name, o.birth_date, o.desa_code) END;
    DELETE FROM centre.match
    WHERE state = 'open' AND (one = ANY (erased) OR other = ANY (erased));
    DELETE FROM centre.to_match WHERE registration_id = ANY (erased);
    DELETE FROM centre.person WHERE registration_id = ANY (stale);
END;
$$;

-- Looks at up to `most` registrations that wait for it (null: all), none of the kiosk `not_of`;
-- returns how many. What another session looks at is left to it. Writes in the order of the pairs,
-- so that two sessions that find the same ones wait for each other, never in a circle.
-- Who calls has a timeout: among 5,000 born on one day in one desa a look takes 40 ms, and a kiosk
-- in the wrong hands could hand in as many a day. So no transaction looks at all who wait.
CREATE OR REPLACE FUNCTION centre.match_pending(most int, not_of uuid) RETURNS int
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    taken uuid[];
BEGIN
    WITH gone AS (
        DELETE FROM centre.to_match WHERE registration_id = ANY (ARRAY(
            SELECT registration_id FROM centre.to_match WHERE kiosk_id IS DISTINCT FROM not_of
            LIMIT most FOR UPDATE SKIP LOCKED
        )) RETURNING registration_id
    )
    SELECT array_agg(registration_id) INTO taken FROM gone;
    IF taken IS NULL THEN
        RETURN 0;
    END IF;
    INSERT INTO centre.match AS m (one, other, because)
    SELECT DISTINCT least(p.registration_id, a.id), greatest(p.registration_id, a.id), a.because
    FROM centre.person p CROSS JOIN LATERAL centre.alike(p) a
    WHERE p.registration_id = ANY (taken) AND p.in_force
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
    RETURN cardinality(taken);
END;
$$;

-- What is put before a person: undecided, and both registrations still in force.
CREATE OR REPLACE VIEW centre.open_match AS
SELECT m.* FROM centre.match m
WHERE m.state = 'open'
    AND (SELECT p.in_force FROM centre.person p WHERE p.registration_id = m.one)
    AND (SELECT p.in_force FROM centre.person p WHERE p.registration_id = m.other);
