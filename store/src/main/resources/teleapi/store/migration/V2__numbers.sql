-- number_key: the number as it is looked up (without +); one account has it, or none.
CREATE TABLE numbers (
    sid                    VARCHAR(34) PRIMARY KEY,
    account_sid            VARCHAR(34) NOT NULL,
    phone_number           VARCHAR NOT NULL,
    number_key             VARCHAR NOT NULL CONSTRAINT numbers_number_key UNIQUE,
    friendly_name          VARCHAR NOT NULL,
    voice_url              VARCHAR,
    voice_method           VARCHAR(8) NOT NULL,
    voice_fallback_url     VARCHAR,
    voice_fallback_method  VARCHAR(8) NOT NULL,
    voice_application_sid  VARCHAR(34),
    status_callback        VARCHAR,
    status_callback_method VARCHAR(8) NOT NULL,
    date_created           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    date_updated           TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
