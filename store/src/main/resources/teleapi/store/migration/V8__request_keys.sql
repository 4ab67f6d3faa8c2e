-- sid: a digest of account and Idempotency-Key. ended: answered or unknown; what is open belongs to the running server.
CREATE TABLE request_keys (
    sid          VARCHAR(34) PRIMARY KEY,
    account_sid  VARCHAR(34) NOT NULL,
    request      VARCHAR(64) NOT NULL,
    ended        BOOLEAN NOT NULL,
    revision     BIGINT NOT NULL,
    date_created TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    status       INTEGER,
    headers      VARCHAR,
    content_type VARCHAR,
    body         VARCHAR
);
CREATE INDEX request_keys_by_date ON request_keys (date_created);
CREATE INDEX request_keys_by_end ON request_keys (ended);
