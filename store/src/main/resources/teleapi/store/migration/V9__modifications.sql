CREATE TABLE modifications (
    sid          VARCHAR(34) PRIMARY KEY,
    account_sid  VARCHAR(34) NOT NULL,
    call_sid     VARCHAR(34) NOT NULL,
    state        VARCHAR(16) NOT NULL,
    ended        BOOLEAN NOT NULL,
    code         INTEGER NOT NULL,
    reason       VARCHAR NOT NULL,
    timings      VARCHAR NOT NULL,
    date_created TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    revision     BIGINT NOT NULL
);
CREATE INDEX modifications_of_call ON modifications (call_sid);
CREATE INDEX modifications_by_date ON modifications (date_created);
CREATE INDEX modifications_by_end ON modifications (ended);
