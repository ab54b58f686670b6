-- `migrations/sqlite/4_attachments.sql` in Postgres' words.
CREATE TABLE attachments (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_seq BIGINT NOT NULL REFERENCES submissions (seq),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    secret_sha256 BYTEA NOT NULL,
    received_ms BIGINT,
    erased_ms BIGINT,
    body_sha256 BYTEA NOT NULL DEFAULT ''::bytea,
    body BYTEA NOT NULL DEFAULT ''::bytea,
    UNIQUE (submission_seq, id)
);

CREATE FUNCTION attachment_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_ms IS NULL
        AND ROW(NEW.seq, NEW.submission_seq, NEW.id, NEW.type, NEW.bytes, NEW.secret_sha256)
            IS NOT DISTINCT FROM ROW(OLD.seq, OLD.submission_seq, OLD.id, OLD.type, OLD.bytes, OLD.secret_sha256)
        AND (
            (OLD.received_ms IS NULL AND NEW.received_ms IS NOT NULL AND NEW.erased_ms IS NULL AND NEW.name = OLD.name)
            OR (
                NEW.erased_ms IS NOT NULL AND NEW.body = ''::bytea AND NEW.name = ''
                AND NEW.body_sha256 = OLD.body_sha256 AND NEW.received_ms IS NOT DISTINCT FROM OLD.received_ms
            )
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an attachment is never changed and never vanishes';
END;
$$;

CREATE TRIGGER attachments_never_change BEFORE UPDATE OR DELETE ON attachments
FOR EACH ROW EXECUTE FUNCTION attachment_is_kept();
