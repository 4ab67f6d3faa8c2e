CREATE TABLE queues (
    sid           VARCHAR(34) PRIMARY KEY,
    account_sid   VARCHAR(34) NOT NULL,
    friendly_name VARCHAR NOT NULL,
    max_size      BIGINT NOT NULL,
    date_created  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    CONSTRAINT queues_name UNIQUE (account_sid, friendly_name)
);
