-- Configurations: published to one kiosk first, given to the others by the rule below; orders to
-- kiosks; offices of kiosks. The centre cannot sign: kiosks trust the admins' keys alone.

-- ------------------------------------------------------------ the trial

-- Decide about the newest version while it is on trial: whoever asks, decides. It is good for all
-- once its first kiosk has told, when the time was over, that it runs and that no more needs a
-- person there than before. A kiosk that stays silent ends no trial.
CREATE OR REPLACE FUNCTION centre.judge_trial() RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    trial record;
    first centre.kiosk;
    verdict text := '';
    because text := '';
BEGIN
    SELECT c.version, c.state, c.made_at, c.trial_kiosk, c.trial_hold_minutes, c.trial_trouble
    INTO trial FROM centre.config c ORDER BY c.version DESC LIMIT 1;
    IF trial.state IS DISTINCT FROM 'trial' THEN
        RETURN;
    END IF;
    SELECT k.* INTO first FROM centre.kiosk k WHERE k.id = trial.trial_kiosk;
    IF first.health -> 'config_refused' -> 'version' = to_jsonb(trial.version)
        AND first.health_at > trial.made_at THEN
        verdict := 'stopped';
        because := 'refused';
    ELSIF first.config_version = trial.version AND first.health_at >= first.config_since
        AND first.config_since > trial.made_at THEN
        IF coalesce(centre.whole(first.health -> 'trouble'), 0) > trial.trial_trouble THEN
            verdict := 'stopped';
            because := 'worse';
        ELSIF first.health_at >= first.config_since
            + make_interval(mins => trial.trial_hold_minutes) THEN
            verdict := 'published';
        END IF;
    END IF;
    IF verdict = '' THEN
        RETURN;
    END IF;
    -- Where somebody holds the row, they decide: no hand-in waits for an admin.
    UPDATE centre.config c SET state = verdict, reason = because, decided_at = clock_timestamp()
    WHERE c.version = (
        SELECT d.version FROM centre.config d
        WHERE d.version = trial.version AND d.state = 'trial' FOR UPDATE SKIP LOCKED);
    IF FOUND AND verdict = 'stopped' THEN
        INSERT INTO centre.alarm (kiosk_id, kind, details)
        VALUES (first.id, 'config_stopped',
            jsonb_build_object('version', trial.version, 'because', because));
    END IF;
END $$;

-- The newest version that a kiosk may have, 0 for none.
CREATE OR REPLACE FUNCTION centre.config_for(kiosk uuid) RETURNS int
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((
        SELECT c.version FROM centre.config c
        WHERE c.state = 'published' OR (c.state = 'trial' AND c.trial_kiosk = kiosk)
        ORDER BY c.version DESC LIMIT 1), 0);
$$;

-- The configuration a kiosk may have, if that is newer than what it has: {} otherwise.
CREATE OR REPLACE FUNCTION kiosk_api.fetch_config(request jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.kiosk := centre.kiosk_calling();
BEGIN
    PERFORM centre.judge_trial();
    RETURN coalesce((
        SELECT jsonb_build_object('version', c.version,
            'document', translate(encode(c.document, 'base64'), chr(10), ''),
            'signature', c.signature)
        FROM centre.config c
        WHERE c.version = centre.config_for(me.id)
            AND c.version > coalesce(centre.whole(request -> 'have'), 0)), '{}');
END $$;

-- ------------------------------------------------------------ publishing

-- What a document says to kiosks, whatever its number and who made it; null for none.
CREATE OR REPLACE FUNCTION centre.config_content(document bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN convert_from(document, 'UTF8')::jsonb
        - '{format,version,base,made_at,by,why,needs,keys}'::text[];
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    RETURN NULL;
END $$;

-- Whether this content was once good for all; empty content was, before the first version.
CREATE OR REPLACE FUNCTION centre.was_good(content jsonb) RETURNS bool
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT content = '{"data":{},"kabupaten":{},"kiosks":{},"offices":{},"texts":{}}'::jsonb
        OR EXISTS (SELECT FROM centre.config c
            WHERE c.state = 'published' AND centre.config_content(c.document) = content);
$$;

-- The number of the next version: behind the newest, and behind what kiosks run that took one before
-- the centre was restored from a backup. No kiosk can push it far.
CREATE OR REPLACE FUNCTION console_api.next_version()
RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    newest int;
BEGIN
    PERFORM centre.require_admin();
    SELECT coalesce(max(c.version), 0) INTO newest FROM centre.config c;
    RETURN 1 + greatest(newest, (
        SELECT max(k.config_version) FROM centre.kiosk k
        WHERE k.config_version BETWEEN newest AND newest + 1000));
END $$;

-- Publish a signed document made from version `base`: {"outcome": "published"|"other", "version"}.
-- To one kiosk first; to all at once only what was good for all before.
CREATE OR REPLACE FUNCTION console_api.publish(
    document bytea, signature text, trial_number text, base integer, hold_minutes integer)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    newest int;
    fresh int;
    said jsonb;
    first centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(octet_length(publish.document) BETWEEN 2 AND 1048576
        AND publish.signature ~ '^[A-Za-z0-9+/]{86}==$'
        AND publish.base >= 0 AND publish.hold_minutes BETWEEN 0 AND 10080
        AND centre.config_content(publish.document) IS NOT NULL, false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'this is no signed configuration';
    END IF;
    -- Two admins at once: the second finds what the first published. The table itself is not locked,
    -- hand-ins write to it. Any number will do.
    PERFORM pg_advisory_xact_lock(65);
    SELECT coalesce(max(c.version), 0) INTO newest FROM centre.config c;
    IF newest <> publish.base THEN
        RETURN jsonb_build_object('outcome', 'other', 'version', newest);
    END IF;
    said := convert_from(publish.document, 'UTF8')::jsonb;
    -- No further ahead than next_version() ever is: there would be no number left for the next.
    fresh := least(coalesce(centre.whole(said -> 'version'), 0), 2000000000);
    IF NOT coalesce(fresh BETWEEN newest + 1 AND newest + 1001 AND said -> 'base' = to_jsonb(newest), false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'the document has another version';
    END IF;
    IF publish.trial_number <> '' THEN
        SELECT k.* INTO first FROM centre.kiosk k
        WHERE k.number = publish.trial_number AND k.state = 'active';
        IF first.id IS NULL THEN
            RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = 'no kiosk at work has this number';
        END IF;
    ELSIF NOT centre.was_good(centre.config_content(publish.document)) THEN
        RAISE EXCEPTION USING ERRCODE = '22023',
            MESSAGE = 'what is new goes to one kiosk first';
    END IF;
    UPDATE centre.config c
    SET state = 'withdrawn', decided_at = clock_timestamp(), reason = 'followed'
    WHERE c.state = 'trial';
    INSERT INTO centre.config (version, document, signature, why, state, trial_kiosk,
        trial_hold_minutes, trial_trouble, decided_at)
    VALUES (fresh, publish.document, publish.signature, left(coalesce(said ->> 'why', ''), 200),
        CASE WHEN first.id IS NULL THEN 'published' ELSE 'trial' END, first.id,
        publish.hold_minutes, coalesce(centre.whole(first.health -> 'trouble'), 0),
        CASE WHEN first.id IS NULL THEN clock_timestamp() END);
    PERFORM centre.note('config_published', publish.trial_number,
        jsonb_build_object('version', fresh));
    RETURN jsonb_build_object('outcome', 'published', 'version', fresh);
END $$;

CREATE OR REPLACE FUNCTION console_api.withdraw(version integer)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    UPDATE centre.config c
    SET state = 'withdrawn', decided_at = clock_timestamp(), reason = 'withdrawn'
    WHERE c.version = withdraw.version AND c.state = 'trial';
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = 'this version is not on trial';
    END IF;
    PERFORM centre.note('config_withdrawn', withdraw.version::text, '{}');
END $$;

-- ------------------------------------------------------------ reading

-- The name of whoever has a login of a person.
CREATE OR REPLACE FUNCTION centre.name_of(login text) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT s.name FROM centre.staff s WHERE s.role_name = login), login);
$$;

CREATE OR REPLACE FUNCTION console_api.configs()
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    PERFORM centre.judge_trial();
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'version', c.version, 'state', c.state, 'by', centre.name_of(c.by), 'why', c.why,
            'made_at', c.made_at, 'hold_minutes', c.trial_hold_minutes,
            'trial_number', coalesce(
                (SELECT k.number FROM centre.kiosk k WHERE k.id = c.trial_kiosk), ''),
            'decided_at', c.decided_at, 'reason', c.reason, 'running', (
                SELECT count(*) FROM centre.kiosk k
                WHERE k.config_version = c.version AND k.state IN ('active', 'locked')))
            ORDER BY c.version DESC), '[]')
        FROM (SELECT d.* FROM centre.config d ORDER BY d.version DESC LIMIT 200) c);
END $$;

-- One version, or the newest (null); null where there is none.
CREATE OR REPLACE FUNCTION console_api.config(version integer)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    RETURN (
        SELECT jsonb_build_object('version', c.version, 'signature', c.signature,
            'document', translate(encode(c.document, 'base64'), chr(10), ''))
        FROM centre.config c
        WHERE config.version IS NULL OR c.version = config.version
        ORDER BY c.version DESC LIMIT 1);
END $$;

-- All kiosks with what they last told of themselves.
CREATE OR REPLACE FUNCTION console_api.fleet()
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    PERFORM centre.judge_trial();
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'number', k.number, 'name', k.name, 'office', k.office, 'state', k.state,
            'app_version', k.app_version, 'seen_at', k.last_seen_at, 'health_at', k.health_at,
            'health', k.health, 'config_version', k.config_version,
            'config_since', k.config_since, 'receipts', k.receipts,
            'questioned', coalesce(i.count, 0), 'orders_open', coalesce(o.count, 0),
            'lock_message', k.lock_message,
            'locked_since', CASE WHEN k.state = 'locked' THEN (
                SELECT max(c.at) FROM centre.command c
                WHERE c.kiosk_id = k.id AND c.kind = 'lock') END,
            'copied_since', CASE WHEN i.count > 0 THEN (
                SELECT min(a.at) FROM centre.alarm a
                WHERE a.kiosk_id = k.id AND a.kind = 'copied'
                    AND a.at > coalesce(i.settled_at, '-infinity')) END)), '[]')
        FROM centre.kiosk k
        LEFT JOIN (
            SELECT s.kiosk_id, count(*) FILTER (WHERE s.state = 'questioned'),
                max(s.settled_at) AS settled_at
            FROM centre.incarnation s GROUP BY s.kiosk_id) i ON i.kiosk_id = k.id
        LEFT JOIN (
            SELECT c.kiosk_id, count(*) FROM centre.command c
            WHERE c.done_at IS NULL GROUP BY c.kiosk_id) o ON o.kiosk_id = k.id);
END $$;

-- ------------------------------------------------------------ orders

-- Give an order; a kiosk is locked from now on whatever it answers. Orders of the same kind that
-- are still open are replaced.
CREATE OR REPLACE FUNCTION centre.give_order(which centre.kiosk, kind text, message text)
RETURNS bigint LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    UPDATE centre.command c SET done_at = clock_timestamp(), result = 'replaced'
    WHERE c.kiosk_id = which.id AND c.done_at IS NULL AND (c.kind = give_order.kind
        OR c.kind IN ('lock', 'unlock') AND give_order.kind IN ('lock', 'unlock'));
    INSERT INTO centre.command (kiosk_id, kind, message)
    VALUES (which.id, give_order.kind, give_order.message) RETURNING id INTO made;
    IF give_order.kind IN ('lock', 'unlock') THEN
        UPDATE centre.kiosk k SET
            state = CASE give_order.kind WHEN 'lock' THEN 'locked' ELSE 'active' END,
            lock_message = give_order.message
        WHERE k.id = which.id AND k.state IN ('active', 'locked');
    END IF;
    PERFORM centre.note('kiosk_' || CASE give_order.kind
        WHEN 'lock' THEN 'locked' WHEN 'unlock' THEN 'unlocked'
        ELSE 'ordered' END, which.number,
        jsonb_build_object('kind', give_order.kind, 'order', made));
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION console_api.command(number text, kind text, message text)
RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(command.kind IN ('lock', 'unlock', 'restart', 'sync', 'diagnostics')
        AND length(command.message) <= 200
        AND (command.kind = 'lock' OR command.message = '')
        AND command.message !~ '[[:cntrl:]]', false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023',
            MESSAGE = 'an order is lock, unlock, restart, sync or diagnostics; a message, of at most 200 characters, goes with a lock';
    END IF;
    which := centre.kiosk_numbered(command.number);
    IF which.state NOT IN ('active', 'locked') THEN
        RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = 'no kiosk at work has this number';
    END IF;
    RETURN centre.give_order(which, command.kind, command.message);
END $$;

-- The latest orders to a kiosk, newest first.
CREATE OR REPLACE FUNCTION console_api.commands(number text)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', c.id, 'kind', c.kind, 'message', c.message, 'by', centre.name_of(c.by),
            'at', c.at, 'taken_at', c.taken_at, 'done_at', c.done_at, 'result', c.result,
            'has_bundle', EXISTS (SELECT FROM centre.bundle b WHERE b.command_id = c.id))
            ORDER BY c.id DESC), '[]')
        FROM (
            SELECT d.* FROM centre.command d JOIN centre.kiosk k ON k.id = d.kiosk_id
            WHERE k.number = commands.number ORDER BY d.id DESC LIMIT 50) c);
END $$;

CREATE OR REPLACE FUNCTION console_api.bundle(id bigint)
RETURNS bytea LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM centre.require_admin();
    PERFORM centre.note('bundle_seen', bundle.id::text, '{}');
    RETURN (SELECT b.content FROM centre.bundle b WHERE b.command_id = bundle.id);
END $$;

-- A kiosk's diagnostics for an order of that kind, {"id", "content": base64}; of its bundles the
-- latest five are kept.
CREATE OR REPLACE FUNCTION kiosk_api.put_bundle(request jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.kiosk := centre.kiosk_calling();
    which bigint := centre.whole(request -> 'id');
    sent text := request ->> 'content';
BEGIN
    IF NOT coalesce(length(sent) <= 699052 AND sent ~ '^[A-Za-z0-9+/]*={0,2}$', false)
        OR NOT EXISTS (SELECT FROM centre.command c WHERE c.id = which AND c.kiosk_id = me.id
            AND c.kind = 'diagnostics' AND c.done_at IS NULL) THEN
        RETURN '{"outcome": "refused"}';
    END IF;
    INSERT INTO centre.bundle AS b (command_id, kiosk_id, content)
    VALUES (which, me.id, decode(sent, 'base64'))
    ON CONFLICT (command_id) DO UPDATE SET content = excluded.content, at = clock_timestamp();
    DELETE FROM centre.bundle b WHERE b.kiosk_id = me.id AND b.command_id NOT IN (
        SELECT n.command_id FROM centre.bundle n
        WHERE n.kiosk_id = me.id ORDER BY n.command_id DESC LIMIT 5);
    RETURN '{"outcome": "stored"}';
EXCEPTION WHEN data_exception THEN
    RETURN '{"outcome": "refused"}';
END $$;

-- Note what became of orders: [[id, result], ...] as the kiosk tells it; of its own alone.
CREATE OR REPLACE FUNCTION centre.note_done(kiosk uuid, done jsonb) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
    WITH told AS (
        UPDATE centre.command c SET done_at = clock_timestamp(), result = d.result
        FROM (
            SELECT centre.whole(e -> 0) AS id, left(e ->> 1, 40) AS result
            FROM jsonb_array_elements(
                CASE WHEN jsonb_typeof(done) = 'array' THEN done ELSE '[]' END) e
            WHERE jsonb_typeof(e) = 'array' AND e ->> 1 ~ '^[a-z_]+$'
            LIMIT 100) d
        WHERE c.id = d.id AND c.kiosk_id = kiosk AND c.done_at IS NULL
        RETURNING c.id, c.kind, c.result)
    INSERT INTO centre.audit (actor, action, subject, details)
    SELECT session_user, 'order_done', t.id::text,
        jsonb_build_object('kind', t.kind, 'result', t.result) FROM told t;
$$;

-- The orders that a kiosk has not carried out, oldest first.
CREATE OR REPLACE FUNCTION centre.orders_for(kiosk uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    open jsonb;
BEGIN
    SELECT jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'message', c.message,
        'by', centre.name_of(c.by)) ORDER BY c.id) INTO open
    FROM centre.command c WHERE c.kiosk_id = kiosk AND c.done_at IS NULL;
    IF open IS NULL THEN
        RETURN '[]';
    END IF;
    UPDATE centre.command c SET taken_at = clock_timestamp()
    WHERE c.kiosk_id = kiosk AND c.done_at IS NULL AND c.taken_at IS NULL;
    RETURN open;
END $$;

-- ------------------------------------------------------------ offices

-- Let a kiosk belong to another office: {"outcome": "moved"|"waiting", "waiting"}. What it registered
-- stays with the office where it did. What still waits there must stand on a list that the kiosk saved
-- for the branch (`unexported` of its health; kiosks of before do not tell).
CREATE OR REPLACE FUNCTION console_api.move(number text, office text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    which centre.kiosk;
    waiting bigint;
BEGIN
    PERFORM centre.require_admin();
    IF NOT coalesce(move.office ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}$', false) THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'an office is a code like 36.04.09';
    END IF;
    which := centre.kiosk_numbered(move.number);
    IF which.state NOT IN ('active', 'locked') THEN
        RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = 'no kiosk at work has this number';
    END IF;
    waiting := coalesce(centre.whole(which.health -> 'waiting'), 1)
        + coalesce(centre.whole(which.health -> 'parked'), 0);
    IF which.health -> 'unexported' = '0' THEN
        waiting := 0;
    END IF;
    IF waiting > 0 OR which.health_at IS NULL
        OR which.health_at < clock_timestamp() - interval '1 hour' THEN
        RETURN jsonb_build_object('outcome', 'waiting', 'waiting', waiting);
    END IF;
    UPDATE centre.kiosk k SET office = move.office WHERE k.id = which.id;
    INSERT INTO centre.moved (kiosk_id, at, office)
    VALUES (which.id, centre.iso_now(), which.office);
    PERFORM centre.note('kiosk_moved', which.number,
        jsonb_build_object('from', which.office, 'to', move.office));
    RETURN jsonb_build_object('outcome', 'moved', 'waiting', 0);
END $$;
