-- A file comes in parts, each in a transaction of its own: whoever hands in words meanwhile waits for a part at most, never
-- for the whole file. They count once the file's own row names them by its hash; until then nobody sees them. Files of
-- before have their bytes in their row.
CREATE TABLE attachment_parts (
    attachment_seq INTEGER NOT NULL REFERENCES attachments (seq),
    -- Hash of the whole file: two tries with other bytes never mix.
    of_sha256 BLOB NOT NULL,
    part INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (attachment_seq, of_sha256, part)
) STRICT;

CREATE TRIGGER attachment_parts_come_before BEFORE INSERT ON attachment_parts
WHEN NOT EXISTS (
    SELECT 1 FROM attachments WHERE seq = NEW.attachment_seq AND received_ms IS NULL AND erased_ms IS NULL
)
BEGIN
    SELECT RAISE(ABORT, 'a part comes before its file is whole');
END;

CREATE TRIGGER attachment_parts_never_change BEFORE UPDATE ON attachment_parts
BEGIN
    SELECT RAISE(ABORT, 'a part is never changed');
END;

CREATE TRIGGER attachment_parts_never_vanish BEFORE DELETE ON attachment_parts
WHEN EXISTS (
    SELECT 1 FROM attachments WHERE seq = OLD.attachment_seq AND erased_ms IS NULL AND body_sha256 = OLD.of_sha256
)
BEGIN
    SELECT RAISE(ABORT, 'a part of a file never vanishes');
END;
