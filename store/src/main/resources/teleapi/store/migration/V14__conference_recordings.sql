CREATE INDEX recordings_of_conference ON recordings (conference_sid);
CREATE INDEX recordings_by_age ON recordings (ended, date_updated);
