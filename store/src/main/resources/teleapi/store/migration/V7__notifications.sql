CREATE TABLE notifications (
    sid         VARCHAR(34) PRIMARY KEY,
    account_sid VARCHAR(34) NOT NULL,
    call_sid    VARCHAR(34),
    date_filed  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    error       BOOLEAN NOT NULL,
    code        INTEGER NOT NULL,
    message     VARCHAR NOT NULL,
    request_url VARCHAR
);
CREATE INDEX notifications_of_account ON notifications (account_sid, date_filed);
CREATE INDEX notifications_of_call ON notifications (call_sid);
