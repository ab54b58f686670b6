-- What was said can be erased, on request; that it was there, when, and under which id stays, so that a repeat of the
-- same submission does not bring it back.
ALTER TABLE submissions ADD COLUMN erased_ms INTEGER;

DROP TRIGGER submissions_never_change;
CREATE TRIGGER submissions_never_change BEFORE UPDATE ON submissions
WHEN NOT (
    NEW.body = x'' AND NEW.erased_ms IS NOT NULL AND OLD.erased_ms IS NULL
    AND NEW.seq = OLD.seq AND NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.site = OLD.site
    AND NEW.body_sha256 = OLD.body_sha256 AND NEW.received_ms = OLD.received_ms AND NEW.client_ms = OLD.client_ms
    AND NEW.supersedes IS OLD.supersedes AND NEW.about IS OLD.about AND NEW.receipt = OLD.receipt
)
BEGIN
    SELECT RAISE(ABORT, 'a submission is never changed');
END;

-- A note is sealed by its hash from now on: the note can be erased, the chain stays whole.
ALTER TABLE events ADD COLUMN note_sha256 BLOB;

DROP TRIGGER events_never_change;
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
WHEN NOT (
    NEW.note = '' AND NEW.seq = OLD.seq AND NEW.submission_seq = OLD.submission_seq AND NEW.at_ms = OLD.at_ms
    AND NEW.actor = OLD.actor AND NEW.type = OLD.type AND OLD.note_sha256 IS NOT NULL
    AND NEW.note_sha256 = OLD.note_sha256 AND NEW.prev_hash = OLD.prev_hash AND NEW.hash = OLD.hash
)
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

-- What looks like spam: received and answered as everything else, shown apart until somebody has looked.
CREATE TABLE quarantine (
    submission_seq INTEGER PRIMARY KEY REFERENCES submissions (seq),
    reasons TEXT NOT NULL,
    -- When somebody of the team found it to be in order.
    released_ms INTEGER
) STRICT;

CREATE INDEX quarantine_waiting ON quarantine (submission_seq) WHERE released_ms IS NULL;
