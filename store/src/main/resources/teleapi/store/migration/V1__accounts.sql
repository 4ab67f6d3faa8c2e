CREATE TABLE accounts (
    sid           VARCHAR(34) PRIMARY KEY,
    parent_sid    VARCHAR(34),
    friendly_name VARCHAR NOT NULL,
    email_address VARCHAR NOT NULL,
    active        BOOLEAN NOT NULL,
    auth_token    VARCHAR NOT NULL,
    date_created  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
