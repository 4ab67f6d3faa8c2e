CREATE TABLE conferences (
    sid             VARCHAR(34) PRIMARY KEY,
    account_sid     VARCHAR(34) NOT NULL,
    friendly_name   VARCHAR NOT NULL,
    status          VARCHAR(16) NOT NULL,
    ended           BOOLEAN NOT NULL,
    date_created    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reason_ended    VARCHAR,
    call_sid_ending VARCHAR(34),
    revision        BIGINT NOT NULL
);
CREATE INDEX conferences_of_account ON conferences (account_sid, date_created);
CREATE INDEX conferences_by_end ON conferences (ended);
