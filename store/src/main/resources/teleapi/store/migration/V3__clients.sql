-- login: unique over all accounts, since a phone knows only user and password.
CREATE TABLE clients (
    sid                    VARCHAR(34) PRIMARY KEY,
    account_sid            VARCHAR(34) NOT NULL,
    login                  VARCHAR NOT NULL CONSTRAINT clients_login UNIQUE,
    password               VARCHAR NOT NULL,
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
