-- Numbers are given when rows are kept; the key makes two of the same impossible, whoever writes.
CREATE TABLE events (
    account_sid VARCHAR(34) NOT NULL,
    number      BIGINT NOT NULL,
    sid         VARCHAR(34) NOT NULL UNIQUE,
    happened    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    topic       VARCHAR(16) NOT NULL,
    what        VARCHAR NOT NULL,
    call_sid    VARCHAR(34),
    details     VARCHAR NOT NULL,
    PRIMARY KEY (account_sid, number)
);

-- One row for each call that has ended; entries are lines of text.
CREATE TABLE journals (
    sid         VARCHAR(34) PRIMARY KEY,
    account_sid VARCHAR(34) NOT NULL,
    ended       BOOLEAN NOT NULL,
    revision    BIGINT NOT NULL,
    entries     VARCHAR NOT NULL
);

-- The final status callbacks of calls that live; what a crash leaves here is sent at the next start.
CREATE TABLE owed_callbacks (
    sid             VARCHAR(34) PRIMARY KEY,
    account_sid     VARCHAR(34) NOT NULL,
    url             VARCHAR NOT NULL,
    method          VARCHAR(4) NOT NULL,
    sequence_number INTEGER NOT NULL,
    previous_status VARCHAR(16) NOT NULL,
    revision        BIGINT NOT NULL,
    ended           BOOLEAN NOT NULL
);
