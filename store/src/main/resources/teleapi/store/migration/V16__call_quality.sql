-- How well the sound of a call went: times in microseconds, loss in millionths.
CREATE TABLE call_quality (
    sid               VARCHAR(34) PRIMARY KEY,
    account_sid       VARCHAR(34) NOT NULL,
    date_created      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    codec             VARCHAR(32) NOT NULL,
    packets_sent      BIGINT NOT NULL,
    packets_received  BIGINT NOT NULL,
    packets_lost      BIGINT NOT NULL,
    packets_late      BIGINT NOT NULL,
    packets_duplicate BIGINT NOT NULL,
    jitter            INTEGER NOT NULL,
    most_jitter       INTEGER NOT NULL,
    round_trip        INTEGER,
    most_round_trip   INTEGER,
    far_loss          INTEGER,
    far_jitter        INTEGER,
    far_most_jitter   INTEGER
);
CREATE INDEX call_quality_by_date ON call_quality (date_created);
