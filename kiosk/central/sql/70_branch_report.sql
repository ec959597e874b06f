-- The branch of BPJS reads what was handed over and answers.

CREATE OR REPLACE FUNCTION branch_api.waiting()
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('branch');
    found jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'number', r.number, 'office', r.office, 'status', r.status,
        'registered_at', r.registered_at,
        'nik', r.payload -> 'row' ->> 'nik', 'name', r.payload -> 'row' ->> 'name',
        'birth_date', r.payload -> 'row' ->> 'birth_date',
        'phone', r.payload -> 'row' ->> 'phone',
        'address_line', r.payload -> 'row' ->> 'address_line',
        'postcode', r.payload -> 'row' ->> 'postcode',
        'job_id', r.payload -> 'row' ->> 'job_id',
        'package', r.payload -> 'row' ->> 'package',
        'income_base', r.payload -> 'row' -> 'income_base') ORDER BY r.registered_at), '[]')
    INTO found
    FROM centre.registration r WHERE r.status IN ('handed_over', 'accepted', 'paid');
    PERFORM centre.note('branch_read', '', jsonb_build_object('count', jsonb_array_length(found)));
    RETURN found;
END $$;

-- answers: [{"number", "answer": accepted | rejected | member, "reason", "kpj"}]; returns one outcome
-- each: done, already_so, not_found, not_possible. At most 1000 at once.
CREATE OR REPLACE FUNCTION branch_api.answer(answers jsonb)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    caller centre.staff := centre.person_calling('branch');
    outcomes jsonb := '[]';
    one jsonb;
BEGIN
    IF jsonb_typeof(answer.answers) <> 'array' OR jsonb_array_length(answer.answers) > 1000 THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'answers are a list of at most 1000';
    END IF;
    -- In one order for all, so that two calls never wait for each other.
    FOR one IN SELECT a FROM jsonb_array_elements(answer.answers) a ORDER BY a ->> 'number' LOOP
        outcomes := outcomes || jsonb_build_array(
            jsonb_build_array(one ->> 'number', centre.answer_one(one)));
    END LOOP;
    RETURN outcomes;
END $$;

CREATE OR REPLACE FUNCTION centre.answer_one(one jsonb)
RETURNS text LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sought centre.registration;
    was centre.registration;
    wanted jsonb := jsonb_build_object('status', one ->> 'answer');
BEGIN
    -- A number that two registrations have is nobody's answer.
    SELECT r.* INTO sought FROM centre.registration r
    WHERE r.number = one ->> 'number' AND r.status IN ('handed_over', 'accepted', 'rejected', 'paid', 'member')
        AND (SELECT count(*) FROM centre.registration t WHERE t.number = r.number) = 1;
    was := centre.held(sought.id, sought.office);
    IF was.id IS NULL THEN
        RETURN 'not_found';
    END IF;
    IF one ->> 'answer' = 'rejected' THEN
        wanted := wanted || jsonb_build_object('rejected_because', one ->> 'reason');
    ELSIF one ->> 'answer' = 'member' THEN
        wanted := wanted || jsonb_build_object('kpj', one ->> 'kpj');
    END IF;
    IF was.payload -> 'row' @> wanted THEN
        RETURN 'already_so';
    END IF;
    IF length(btrim(coalesce(wanted ->> 'rejected_because', 'x'))) NOT BETWEEN 1 AND 200
        OR NOT centre.may_change(was.status, was.payload -> 'row', wanted) THEN
        RETURN 'not_possible';
    END IF;
    PERFORM centre.change_here(was, wanted, false, was.revision + 1);
    PERFORM centre.note('answered', was.id::text,
        jsonb_build_object('revision', was.revision + 1, 'status', one ->> 'answer'));
    RETURN 'done';
END $$;
