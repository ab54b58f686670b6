-- The tables of `migrations/sqlite`, as they stand after its second file, in Postgres' words.
CREATE TABLE submissions (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    body BYTEA NOT NULL,
    body_sha256 BYTEA NOT NULL,
    received_ms BIGINT NOT NULL,
    client_ms BIGINT NOT NULL,
    supersedes TEXT,
    about TEXT,
    receipt TEXT NOT NULL,
    erased_ms BIGINT
);

CREATE INDEX submissions_by_kind ON submissions (kind, seq);
CREATE INDEX submissions_by_supersedes ON submissions (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX submissions_by_about ON submissions (about) WHERE about IS NOT NULL;

CREATE TABLE complaints (
    seq BIGINT PRIMARY KEY REFERENCES submissions (seq),
    reference TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    owner TEXT NOT NULL,
    reply_by_ms BIGINT NOT NULL,
    state TEXT NOT NULL
);

CREATE INDEX complaints_by_promise ON complaints (state, reply_by_ms);

CREATE TABLE events (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_seq BIGINT NOT NULL REFERENCES submissions (seq),
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    type TEXT NOT NULL,
    note TEXT NOT NULL,
    note_sha256 BYTEA NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);

CREATE INDEX events_by_submission ON events (submission_seq, seq);

CREATE TABLE quarantine (
    submission_seq BIGINT PRIMARY KEY REFERENCES submissions (seq),
    reasons TEXT NOT NULL,
    released_ms BIGINT
);

CREATE INDEX quarantine_waiting ON quarantine (submission_seq) WHERE released_ms IS NULL;

CREATE TABLE register_token (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    sha256 BYTEA NOT NULL
);

CREATE TABLE sessions (
    sha256 BYTEA PRIMARY KEY,
    csrf TEXT NOT NULL,
    ends_ms BIGINT NOT NULL
);

CREATE FUNCTION submission_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.body = ''::bytea AND NEW.erased_ms IS NOT NULL AND OLD.erased_ms IS NULL
        AND ROW(NEW.seq, NEW.id, NEW.kind, NEW.site, NEW.body_sha256, NEW.received_ms, NEW.client_ms,
                NEW.supersedes, NEW.about, NEW.receipt)
            IS NOT DISTINCT FROM
            ROW(OLD.seq, OLD.id, OLD.kind, OLD.site, OLD.body_sha256, OLD.received_ms, OLD.client_ms,
                OLD.supersedes, OLD.about, OLD.receipt)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a submission is never changed';
END;
$$;

CREATE TRIGGER submissions_never_change BEFORE UPDATE ON submissions
FOR EACH ROW EXECUTE FUNCTION submission_is_kept();

CREATE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.note = ''
        AND ROW(NEW.seq, NEW.submission_seq, NEW.at_ms, NEW.actor, NEW.type, NEW.note_sha256, NEW.prev_hash, NEW.hash)
            IS NOT DISTINCT FROM
            ROW(OLD.seq, OLD.submission_seq, OLD.at_ms, OLD.actor, OLD.type, OLD.note_sha256, OLD.prev_hash, OLD.hash)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an event is never changed and never vanishes';
END;
$$;

CREATE TRIGGER events_never_change BEFORE UPDATE OR DELETE ON events
FOR EACH ROW EXECUTE FUNCTION event_is_kept();
