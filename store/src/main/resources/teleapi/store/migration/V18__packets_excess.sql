-- Packets that were dropped because more came than the clock of their stream allows.
ALTER TABLE call_quality ADD COLUMN packets_excess BIGINT DEFAULT 0 NOT NULL;
