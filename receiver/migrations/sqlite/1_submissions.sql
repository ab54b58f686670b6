-- Everything that was handed in, as it arrived. A row is never changed.
CREATE TABLE submissions (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    body BLOB NOT NULL,
    body_sha256 BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    client_ms INTEGER NOT NULL,
    -- The earlier submission that this one replaces.
    supersedes TEXT,
    -- The complaint that a follow-up is about.
    about TEXT,
    -- The answer that was given, repeated word for word when the same submission comes again.
    receipt TEXT NOT NULL
) STRICT;

CREATE INDEX submissions_by_kind ON submissions (kind, seq);
CREATE INDEX submissions_by_supersedes ON submissions (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX submissions_by_about ON submissions (about) WHERE about IS NOT NULL;

CREATE TRIGGER submissions_never_change BEFORE UPDATE ON submissions
BEGIN
    SELECT RAISE(ABORT, 'a submission is never changed');
END;

-- Where each complaint stands. What led there is in `events`.
CREATE TABLE complaints (
    seq INTEGER PRIMARY KEY REFERENCES submissions (seq),
    reference TEXT NOT NULL UNIQUE,
    -- 128 random bits that only the receipt carries; whoever has them may look the complaint up.
    secret TEXT NOT NULL,
    owner TEXT NOT NULL,
    reply_by_ms INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT;

CREATE INDEX complaints_by_promise ON complaints (state, reply_by_ms);

-- What happened to each complaint: appended, never changed, each entry sealed with the one before it.
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    submission_seq INTEGER NOT NULL REFERENCES submissions (seq),
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    type TEXT NOT NULL,
    note TEXT NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX events_by_submission ON events (submission_seq, seq);

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER events_never_vanish BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event never vanishes');
END;

-- The register: one token for the team, and who is signed in. Only hashes are kept.
CREATE TABLE register_token (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    sha256 BLOB NOT NULL
) STRICT;

CREATE TABLE sessions (
    sha256 BLOB PRIMARY KEY,
    csrf TEXT NOT NULL,
    ends_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
