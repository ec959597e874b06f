-- What a record is worth, before anything is written: whether it is whole, what is there of it, and
-- what is to be done. No row of another kiosk is read but to see that an id is taken.

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
CREATE OR REPLACE FUNCTION centre.flaw_of_row(line jsonb, seen centre.seen, own text[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN NOT coalesce(line ?& centre.row_columns(), false) THEN 'incomplete'
        WHEN NOT coalesce(seen.kiosk_number = ANY (own), false) THEN 'not_yours'
        WHEN NOT coalesce(seen.number ~ '^[0-9]{12}$' AND starts_with(seen.number, seen.kiosk_number)
            AND centre.damm_fits(seen.number), false) THEN 'bad_number'
        WHEN lpad(seen.counter, 6, '0') IS DISTINCT FROM substr(seen.number, 6, 6)
            THEN 'bad_counter'
        WHEN length(seen.incarnation) IS DISTINCT FROM 36 THEN 'bad_incarnation'
        WHEN NOT coalesce(seen.registered_at ~
            '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{6}[+]00:00$'
            AND centre.is_date(left(seen.registered_at, 10)), false) THEN 'bad_registered_at'
        WHEN NOT coalesce(seen.status IN
            ('registered', 'handed_over', 'accepted', 'rejected', 'paid', 'member', 'void'), false)
            THEN 'bad_status'
        WHEN NOT coalesce(seen.nik ~ '^[0-9]{16}$', false) THEN 'bad_nik'
        WHEN NOT coalesce(length(seen.name) BETWEEN 1 AND 200, false) THEN 'bad_name'
        WHEN NOT coalesce(centre.is_date(seen.birth_date), false) THEN 'bad_birth_date'
        WHEN NOT coalesce(seen.desa_code ~ '^([0-9]{2}[.][0-9]{2}[.][0-9]{2}[.][0-9]{4})?$', false)
            THEN 'bad_desa_code'
        WHEN NOT coalesce(length(seen.segment_id) BETWEEN 1 AND 60, false) THEN 'bad_segment_id'
        WHEN NOT coalesce(length(seen.dinas) BETWEEN 0 AND 200, false) THEN 'bad_dinas'
        ELSE ''
    END;
$$;

-- Likewise of the note that a registration was erased.
CREATE OR REPLACE FUNCTION centre.flaw_of_erasure(seen centre.seen, own text[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN seen.number IS NULL OR seen.erased_at IS NULL THEN 'incomplete'
        WHEN seen.number !~ '^[0-9]{12}$' OR NOT centre.damm_fits(seen.number) THEN 'bad_number'
        WHEN NOT left(seen.number, 5) = ANY (own) THEN 'not_yours'
        WHEN seen.erased_at !~ '^20[0-9]{2}-[0-9T:.+-]{6,40}$' THEN 'bad_erased_at'
        ELSE ''
    END;
$$;

-- Whether a kiosk's row says what stands here, and all that was changed here unknown to the kiosk:
-- the same was done on both sides, and there is nothing to decide.
CREATE OR REPLACE FUNCTION centre.is_same_change(
    line jsonb, there_line jsonb, id uuid, kiosk uuid, seen bigint)
RETURNS bool LANGUAGE sql STABLE AS $$
    SELECT centre.differing($2, $1) = '{}' AND NOT EXISTS (
        SELECT FROM centre.change c
        WHERE c.registration_id = $3 AND c.kiosk_id = $4 AND c.seq > $5 AND NOT $1 @> c.fields);
$$;

-- What a record that differs from the one there means; `there` has the same id and kiosk.
DROP FUNCTION IF EXISTS
    centre.verdict_of_another(uuid, int, bytea, int, text, uuid, bigint);
CREATE OR REPLACE FUNCTION centre.verdict_of_another(
    id uuid, revision int, hash bytea, there_revision int, there_origin text, kiosk uuid, seen bigint,
    line jsonb, there_line jsonb)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM centre.revision v WHERE v.registration_id = $1
            AND v.revision = $2 AND v.hash = $3) THEN 'older'
        WHEN $2 >= there_revision AND there_origin <> 'kiosk'
            AND centre.is_same_change($8, $9, $1, $6, $7) THEN 'replace'
        WHEN EXISTS (SELECT FROM centre.change c WHERE c.registration_id = $1
            AND c.kiosk_id = $6 AND c.seq > $7) THEN 'conflict'
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

-- Judge records. What there is no room for today gets no answer. Raises 21000 when an id comes up
-- twice: which of the two comes first can then not be judged at once. `todo` is what has to be written, `written` how many
-- count against the day's cap, `stored` how many get a receipt, counted on from `receipts`.
CREATE OR REPLACE FUNCTION centre.judge(
    records jsonb, kiosk uuid, own text[], known bigint, receipts bigint, room int,
    OUT todo centre.taken[], OUT outcomes jsonb, OUT verdicts text[], OUT stored int, OUT written int)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    twice bool;
BEGIN
    WITH said AS MATERIALIZED (
        SELECT e.place, e.said, line, kind,
            e.said ->> 'id' AS said_id, e.said -> 'revision' AS said_revision,
            CASE
                WHEN jsonb_typeof(e.said) <> 'object' OR e.said ->> 'id' IS NULL THEN 'incomplete'
                WHEN pg_column_size(e.said) > 65536 THEN 'too_large'
                WHEN e.said ->> 'id' !~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
                    OR seen.id IS DISTINCT FROM e.said ->> 'id' THEN 'bad_id'
                WHEN jsonb_typeof(e.said -> 'revision') IS DISTINCT FROM 'number'
                    OR seen.revision !~ '^[0-9]{1,9}$'
                    OR seen.revision IS DISTINCT FROM e.said ->> 'revision' THEN 'bad_revision'
                WHEN kind = 'erased' THEN centre.flaw_of_erasure(seen, own)
                WHEN kind IS DISTINCT FROM 'registration'
                    OR jsonb_typeof(e.said -> 'payments') IS DISTINCT FROM 'array'
                    OR jsonb_typeof(e.said -> 'corrections') IS DISTINCT FROM 'array'
                    THEN 'incomplete'
                ELSE centre.flaw_of_row(line, seen, own)
            END AS flaw, seen
        FROM jsonb_array_elements(records) WITH ORDINALITY AS e (said, place)
        CROSS JOIN LATERAL (SELECT e.said ->> 'kind' AS kind, e.said -> 'row' AS line OFFSET 0) k
        CROSS JOIN LATERAL jsonb_populate_record(NULL::centre.seen, CASE
            WHEN kind = 'erased' THEN e.said WHEN jsonb_typeof(line) = 'object' THEN line
        END) seen
    ), hashed AS MATERIALIZED (
        SELECT s.place, s.said_id, s.said_revision, s.flaw, s.seen, p.payload,
            CASE WHEN s.flaw = '' THEN s.said_id::uuid END AS id,
            CASE WHEN s.flaw = '' THEN s.said_revision::int END AS revision,
            sha256(convert_to(p.payload::text, 'UTF8')) AS hash
        FROM said s
        CROSS JOIN LATERAL (SELECT CASE WHEN s.flaw = '' AND s.kind = 'registration' THEN
            jsonb_build_object('row', s.line, 'payments', s.said -> 'payments',
                'corrections', s.said -> 'corrections') END AS payload OFFSET 0) p
    ), met AS MATERIALIZED (
        SELECT h.*, coalesce(e.receipt, t.receipt, 0) AS there_receipt, t.hash AS there_hash,
            CASE
                WHEN h.flaw <> '' THEN h.flaw
                WHEN e.kiosk_id <> kiosk OR t.kiosk_id <> kiosk THEN 'not_yours'
                WHEN e.registration_id IS NOT NULL THEN 'same'
                WHEN h.payload IS NULL AND t.number <> (h.seen).number THEN 'bad_number'
                WHEN h.payload IS NULL THEN 'erase'
                WHEN t.id IS NULL THEN 'new'
                WHEN t.revision = h.revision AND t.hash = h.hash THEN 'same'
                ELSE centre.verdict_of_another(
                    h.id, h.revision, h.hash, t.revision, t.origin, kiosk, known,
                    h.payload -> 'row', t.payload -> 'row')
            END AS verdict
        FROM hashed h
        LEFT JOIN centre.registration t ON t.id = h.id
        LEFT JOIN centre.erased e ON e.registration_id = h.id
    ), counted AS (
        SELECT m.*, m.gets_receipt OR m.verdict IN ('conflict', 'other_content', 'keep') AS writes,
            receipts + count(*) FILTER (WHERE m.gets_receipt) OVER w AS new_receipt,
            count(*) FILTER (WHERE m.gets_receipt
                OR m.verdict IN ('conflict', 'other_content', 'keep')) OVER w AS nth
        FROM (SELECT m.*, m.verdict IN ('new', 'replace', 'erase') AS gets_receipt FROM met m) m
        WINDOW w AS (ORDER BY m.place)
    )
    SELECT
        array_agg(ROW(c.verdict, CASE WHEN c.gets_receipt THEN c.new_receipt END, c.id, c.revision,
            c.seen, c.payload, c.hash, c.there_hash)::centre.taken) FILTER (WHERE c.writes),
        jsonb_agg(jsonb_build_array(c.said_id, c.said_revision, CASE
                WHEN c.gets_receipt THEN 'stored'
                WHEN c.verdict = 'same' THEN 'already_there'
                WHEN c.verdict IN ('older', 'conflict', 'keep') THEN 'newer_there'
                ELSE 'rejected' END,
            CASE
                WHEN c.gets_receipt THEN c.new_receipt
                WHEN c.verdict IN ('same', 'older', 'conflict', 'keep') THEN c.there_receipt
                ELSE 0 END,
            CASE
                WHEN c.gets_receipt OR c.verdict IN ('same', 'older', 'conflict', 'keep') THEN ''
                ELSE c.verdict END)),
        array_agg(DISTINCT c.verdict),
        count(*) FILTER (WHERE c.gets_receipt), count(*) FILTER (WHERE c.writes),
        count(c.id) <> count(DISTINCT c.id)
    INTO todo, outcomes, verdicts, stored, written, twice
    FROM counted c WHERE NOT c.writes OR c.nth <= room;
    IF twice THEN
        RAISE EXCEPTION USING ERRCODE = '21000', MESSAGE = 'an id comes up twice';
    END IF;
END $$;
