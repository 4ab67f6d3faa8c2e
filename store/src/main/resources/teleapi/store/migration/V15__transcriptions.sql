CREATE TABLE transcriptions (
    sid           VARCHAR(34) PRIMARY KEY,
    account_sid   VARCHAR(34) NOT NULL,
    call_sid      VARCHAR(34) NOT NULL,
    recording_sid VARCHAR(34) NOT NULL,
    status        VARCHAR(16) NOT NULL,
    ended         BOOLEAN NOT NULL,
    date_created  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    duration_ms   BIGINT NOT NULL,
    text          VARCHAR NOT NULL,
    revision      BIGINT NOT NULL
);
CREATE INDEX transcriptions_of_account ON transcriptions (account_sid, date_created);
CREATE INDEX transcriptions_of_recording ON transcriptions (recording_sid);
CREATE INDEX transcriptions_by_end ON transcriptions (ended);
