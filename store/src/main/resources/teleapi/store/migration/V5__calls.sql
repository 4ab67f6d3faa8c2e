-- ended and revision guard every change: a final row stays, an older snapshot changes nothing.
CREATE TABLE calls (
    sid               VARCHAR(34) PRIMARY KEY,
    account_sid       VARCHAR(34) NOT NULL,
    parent_sid        VARCHAR(34),
    phone_number_sid  VARCHAR(34),
    caller            VARCHAR NOT NULL,
    called            VARCHAR NOT NULL,
    direction         VARCHAR(16) NOT NULL,
    status            VARCHAR(16) NOT NULL,
    ended             BOOLEAN NOT NULL,
    date_created      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    start_time        TIMESTAMP(6) WITH TIME ZONE,
    end_time          TIMESTAMP(6) WITH TIME ZONE,
    duration_ms       BIGINT,
    ring_duration_ms  BIGINT,
    caller_name       VARCHAR,
    forwarded_from    VARCHAR,
    muted             BOOLEAN NOT NULL,
    conference_sid    VARCHAR(34),
    revision          BIGINT NOT NULL,
    sip_response_code INTEGER,
    cause             VARCHAR
);
CREATE INDEX calls_of_account ON calls (account_sid, date_created);
CREATE INDEX calls_of_parent ON calls (parent_sid);
CREATE INDEX calls_by_end ON calls (ended);
