-- Files that a complaint names. The row is written with the complaint, before the file itself has come; its bytes are
-- filled in once, and can be erased once.
CREATE TABLE attachments (
    seq INTEGER PRIMARY KEY,
    submission_seq INTEGER NOT NULL REFERENCES submissions (seq),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    -- Hash of what only the receipt's address carries; whoever has it may put the file.
    secret_sha256 BLOB NOT NULL,
    received_ms INTEGER,
    erased_ms INTEGER,
    body_sha256 BLOB NOT NULL DEFAULT x'',
    body BLOB NOT NULL DEFAULT x'',
    UNIQUE (submission_seq, id)
) STRICT;

CREATE TRIGGER attachments_never_change BEFORE UPDATE ON attachments
WHEN NOT (
    NEW.seq = OLD.seq AND NEW.submission_seq = OLD.submission_seq AND NEW.id = OLD.id AND NEW.type = OLD.type
    AND NEW.bytes = OLD.bytes AND OLD.erased_ms IS NULL AND (
        (
            OLD.received_ms IS NULL AND NEW.received_ms IS NOT NULL AND NEW.erased_ms IS NULL AND NEW.name = OLD.name
            AND NEW.secret_sha256 = OLD.secret_sha256
        ) OR (
            NEW.erased_ms IS NOT NULL AND NEW.body = x'' AND NEW.name = '' AND NEW.body_sha256 = OLD.body_sha256
            AND NEW.received_ms IS OLD.received_ms AND NEW.secret_sha256 = OLD.secret_sha256
        )
    )
)
BEGIN
    SELECT RAISE(ABORT, 'an attachment is never changed');
END;

CREATE TRIGGER attachments_never_vanish BEFORE DELETE ON attachments
BEGIN
    SELECT RAISE(ABORT, 'an attachment never vanishes');
END;
