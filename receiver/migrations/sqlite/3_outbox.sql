-- What is still to be told to other programs of the company: written together with the submission, gone once the
-- endpoint has answered 2xx.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    submission_seq INTEGER NOT NULL REFERENCES submissions (seq),
    -- The name of the webhook in the operator's file.
    endpoint TEXT NOT NULL,
    -- When it came in here, or was brought back from the dead.
    since_ms INTEGER NOT NULL,
    -- When it is due. Whoever takes it up sets this past the end of the try: a try that nobody finishes is made again.
    next_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
    -- What the last try came to.
    said TEXT NOT NULL,
    UNIQUE (submission_seq, endpoint)
) STRICT;

CREATE INDEX outbox_due ON outbox (endpoint, next_ms) WHERE state = 'waiting';
