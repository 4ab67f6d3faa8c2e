CREATE TABLE applications (
    sid           VARCHAR(34) PRIMARY KEY,
    account_sid   VARCHAR(34) NOT NULL,
    friendly_name VARCHAR NOT NULL,
    rcml_url      VARCHAR,
    date_created  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
