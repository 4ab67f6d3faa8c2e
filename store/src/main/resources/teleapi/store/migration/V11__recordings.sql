CREATE TABLE recordings (
    sid            VARCHAR(34) PRIMARY KEY,
    account_sid    VARCHAR(34) NOT NULL,
    call_sid       VARCHAR(34) NOT NULL,
    conference_sid VARCHAR(34),
    channels       INTEGER NOT NULL,
    source         VARCHAR(32) NOT NULL,
    status         VARCHAR(16) NOT NULL,
    ended          BOOLEAN NOT NULL,
    start_time     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    duration_ms    BIGINT,
    error_code     INTEGER,
    revision       BIGINT NOT NULL
);
CREATE INDEX recordings_of_account ON recordings (account_sid, start_time);
CREATE INDEX recordings_of_call ON recordings (call_sid);
CREATE INDEX recordings_by_end ON recordings (ended);
