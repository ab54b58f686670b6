-- `migrations/sqlite/3_outbox.sql` in Postgres' words.
CREATE TABLE outbox (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_seq BIGINT NOT NULL REFERENCES submissions (seq),
    endpoint TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
    said TEXT NOT NULL,
    UNIQUE (submission_seq, endpoint)
);

CREATE INDEX outbox_due ON outbox (endpoint, next_ms) WHERE state = 'waiting';
