-- A kiosk's first call. Until then its login can do nothing else (AB001).
-- AB002 revoked or unknown, AB004 the time is over, AB005 claimed already by another key.
-- Called again by the kiosk that claimed, it answers the same: the first answer may be lost.

CREATE OR REPLACE FUNCTION kiosk_api.claim(public_key text, incarnation text, kiosk_number text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine centre.kiosk;
    last_counter bigint;
BEGIN
    SELECT k.* INTO mine FROM centre.kiosk k WHERE k.role_name = session_user FOR UPDATE;
    IF NOT FOUND OR mine.state = 'revoked' THEN
        RAISE EXCEPTION USING ERRCODE = 'AB002', MESSAGE = 'this login belongs to no kiosk';
    END IF;
    IF claim.public_key !~ '^[0-9a-f]{64}$' OR claim.incarnation !~ '^[0-9a-f-]{36}$'
        OR claim.kiosk_number !~ '^[0-9]{5}$' THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'a claim needs a key, a store and a number';
    END IF;
    IF mine.state = 'claiming' THEN
        IF mine.claim_until < clock_timestamp() THEN
            RAISE EXCEPTION USING ERRCODE = 'AB004', MESSAGE = 'the token has expired';
        END IF;
        UPDATE centre.kiosk k SET state = 'active', public_key = claim.public_key, claim_until = NULL
        WHERE k.id = mine.id;
        -- What it registered on its own counts as its own; another kiosk's number never does.
        IF claim.kiosk_number BETWEEN '90000' AND '98999' THEN
            INSERT INTO centre.incarnation (kiosk_id, incarnation, kiosk_number)
            VALUES (mine.id, claim.incarnation, claim.kiosk_number)
            ON CONFLICT DO NOTHING;
        END IF;
        PERFORM centre.note('kiosk_claimed', mine.number, '{}');
    ELSIF mine.public_key <> claim.public_key THEN
        RAISE EXCEPTION USING ERRCODE = 'AB005', MESSAGE = 'the token was used already';
    END IF;
    SELECT max(substr(given.number, 6, 6)::bigint) INTO last_counter
    FROM (
        SELECT r.number FROM centre.registration r
        WHERE r.kiosk_id = mine.id AND r.kiosk_number = mine.number
        UNION ALL
        SELECT e.number FROM centre.erased e
        WHERE e.kiosk_id = mine.id AND left(e.number, 5) = mine.number
    ) given;
    RETURN jsonb_build_object(
        'number', mine.number, 'name', mine.name, 'office', mine.office, 'id', mine.id,
        'last_counter', coalesce(last_counter, 0));
END $$;
