-- `migrations/sqlite/5_attachment_parts.sql` in Postgres' words.
CREATE TABLE attachment_parts (
    attachment_seq BIGINT NOT NULL REFERENCES attachments (seq),
    of_sha256 BYTEA NOT NULL,
    part BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (attachment_seq, of_sha256, part)
);

CREATE FUNCTION attachment_part_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT 1 FROM attachments WHERE seq = NEW.attachment_seq AND received_ms IS NULL AND erased_ms IS NULL
    ) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT 1 FROM attachments WHERE seq = OLD.attachment_seq AND erased_ms IS NULL AND body_sha256 = OLD.of_sha256
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a part of a file is never changed and never vanishes';
END;
$$;

CREATE TRIGGER attachment_parts_never_change BEFORE INSERT OR UPDATE OR DELETE ON attachment_parts
FOR EACH ROW EXECUTE FUNCTION attachment_part_is_kept();
