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
        WHEN NOT coalesce(line ?& centre.row_columns(), false)
            OR line @? '$.* ? (@.type() != "string" && @.type() != "number")' THEN 'incomplete'
        WHEN NOT seen.kiosk_number = ANY (own) THEN 'not_yours'
        WHEN seen.number !~ '^[0-9]{12}$' OR left(seen.number, 5) <> seen.kiosk_number
            OR NOT centre.damm_fits(seen.number) THEN 'bad_number'
        WHEN seen.counter !~ '^[0-9]{1,6}$'
            OR lpad(seen.counter, 6, '0') <> substr(seen.number, 6, 6) THEN 'bad_counter'
        WHEN seen.incarnation !~ '^[0-9a-f-]{36}$' THEN 'bad_incarnation'
        WHEN seen.registered_at !~
            '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9][.][0-9]{6}[+]00:00$'
            THEN 'bad_registered_at'
        WHEN seen.status NOT IN
            ('registered', 'handed_over', 'accepted', 'rejected', 'paid', 'member', 'void')
            THEN 'bad_status'
        WHEN seen.nik !~ '^[0-9]{16}$' THEN 'bad_nik'
        WHEN seen.name = '' OR length(seen.name) > 200 THEN 'bad_name'
        WHEN NOT centre.is_date(seen.birth_date) THEN 'bad_birth_date'
        WHEN seen.desa_code !~ '^([0-9]{2}[.][0-9]{2}[.][0-9]{2}[.][0-9]{4})?$'
            THEN 'bad_desa_code'
        WHEN seen.segment_id !~ '^[a-z0-9_.-]{1,60}$' THEN 'bad_segment_id'
        WHEN length(seen.dinas) > 200 THEN 'bad_dinas'
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

-- What a record that differs from the one there means; `there` has the same id and kiosk.
CREATE OR REPLACE FUNCTION centre.verdict_of_another(
    id uuid, revision int, hash bytea, there_revision int, there_origin text, kiosk uuid, seen bigint)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM centre.revision v WHERE v.registration_id = $1
            AND v.revision = $2 AND v.hash = $3) THEN 'older'
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

-- Judge records. One whose id came up earlier in the same array gets no answer, and comes again;
-- neither does what there is no room for today. `todo` is what has to be written, `written` how many
-- count against the day's cap, `stored` how many get a receipt, counted on from `receipts`.
CREATE OR REPLACE FUNCTION centre.judge(
    records jsonb, kiosk uuid, own text[], known bigint, receipts bigint, room int,
    OUT todo centre.taken[], OUT outcomes jsonb, OUT verdicts text[], OUT stored int, OUT written int)
LANGUAGE plpgsql STABLE AS $$
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
            sha256(convert_to(p.payload::text, 'UTF8')) AS hash,
            s.flaw = '' AND row_number() OVER (PARTITION BY s.flaw, s.said_id ORDER BY s.place) > 1
                AS again
        FROM said s
        CROSS JOIN LATERAL (SELECT CASE WHEN s.flaw = '' AND s.kind = 'registration' THEN
            jsonb_build_object('row', s.line, 'payments', s.said -> 'payments',
                'corrections', s.said -> 'corrections') END AS payload OFFSET 0) p
    ), met AS MATERIALIZED (
        SELECT h.*, coalesce(e.receipt, t.receipt, 0) AS there_receipt, t.hash AS there_hash,
            CASE
                WHEN h.flaw <> '' THEN h.flaw
                WHEN h.again THEN 'again'
                WHEN e.kiosk_id <> kiosk OR t.kiosk_id <> kiosk THEN 'not_yours'
                WHEN e.registration_id IS NOT NULL THEN 'same'
                WHEN h.payload IS NULL AND t.number <> (h.seen).number THEN 'bad_number'
                WHEN h.payload IS NULL THEN 'erase'
                WHEN t.id IS NULL THEN 'new'
                WHEN t.revision = h.revision AND t.hash = h.hash THEN 'same'
                ELSE centre.verdict_of_another(
                    h.id, h.revision, h.hash, t.revision, t.origin, kiosk, known)
            END AS verdict
        FROM hashed h
        LEFT JOIN centre.registration t ON t.id = h.id
        LEFT JOIN centre.erased e ON e.registration_id = h.id
    ), sorted AS MATERIALIZED (
        SELECT m.*,
            m.verdict IN ('new', 'replace', 'erase') AS gets_receipt,
            m.verdict IN ('new', 'replace', 'erase', 'conflict', 'other_content', 'keep') AS writes
        FROM met m WHERE m.verdict <> 'again'
    ), counted AS (
        SELECT s.*, receipts + count(*) FILTER (WHERE s.gets_receipt) OVER w AS new_receipt,
            count(*) FILTER (WHERE s.writes) OVER w AS nth
        FROM sorted s
        WINDOW w AS (ORDER BY s.place)
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
        count(*) FILTER (WHERE c.gets_receipt), count(*) FILTER (WHERE c.writes)
    INTO todo, outcomes, verdicts, stored, written
    FROM counted c WHERE NOT c.writes OR c.nth <= room;
END $$;
