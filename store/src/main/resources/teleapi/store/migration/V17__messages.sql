-- Text messages; ended and revision guard every change, as in calls.
CREATE TABLE messages (
    sid          VARCHAR(34) PRIMARY KEY,
    account_sid  VARCHAR(34) NOT NULL,
    call_sid     VARCHAR(34),
    sender       VARCHAR NOT NULL,
    recipient    VARCHAR NOT NULL,
    body         VARCHAR NOT NULL,
    direction    VARCHAR(16) NOT NULL,
    status       VARCHAR(16) NOT NULL,
    ended        BOOLEAN NOT NULL,
    date_created TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_sent    TIMESTAMP(6) WITH TIME ZONE,
    error_code   INTEGER,
    revision     BIGINT NOT NULL
);
CREATE INDEX messages_of_account ON messages (account_sid, date_created);
CREATE INDEX messages_by_end ON messages (ended);

ALTER TABLE numbers ADD COLUMN sms_url VARCHAR;
ALTER TABLE numbers ADD COLUMN sms_method VARCHAR(8) DEFAULT 'POST' NOT NULL;
ALTER TABLE numbers ADD COLUMN sms_fallback_url VARCHAR;
ALTER TABLE numbers ADD COLUMN sms_fallback_method VARCHAR(8) DEFAULT 'POST' NOT NULL;
ALTER TABLE numbers ADD COLUMN sms_application_sid VARCHAR(34);
