package teleapi.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.TranscriptionRecord;

/** Table {@code transcriptions}. */
final class TranscriptionTable implements RecordTable<TranscriptionRecord> {
    @Override
    public String name() {
        return "transcriptions";
    }

    @Override
    public Row row(TranscriptionRecord transcription) {
        return new Row()
                .sid("sid", transcription.sid())
                .sid("account_sid", transcription.accountSid())
                .sid("call_sid", transcription.callSid())
                .sid("recording_sid", transcription.recordingSid())
                .text("status", transcription.status().text())
                .flag("ended", ended(transcription))
                .time("date_created", transcription.dateCreated())
                .time("date_updated", transcription.dateUpdated())
                .millis("duration_ms", Optional.of(transcription.duration()))
                .text("text", transcription.text())
                .count("revision", transcription.revision());
    }

    @Override
    public TranscriptionRecord read(Columns columns) throws SQLException {
        return new TranscriptionRecord(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.sid("call_sid"),
                columns.sid("recording_sid"),
                columns.oneOf(TranscriptionRecord.Status.values(), TranscriptionRecord.Status::text, "status"),
                columns.time("date_created"),
                columns.time("date_updated"),
                columns.maybeMillis("duration_ms").orElse(Duration.ZERO),
                columns.text("text"),
                columns.count("revision"));
    }

    @Override
    public Sid sid(TranscriptionRecord transcription) {
        return transcription.sid();
    }

    @Override
    public Sid account(TranscriptionRecord transcription) {
        return transcription.accountSid();
    }

    @Override
    public long revision(TranscriptionRecord transcription) {
        return transcription.revision();
    }

    @Override
    public boolean ended(TranscriptionRecord transcription) {
        return transcription.status().ended();
    }
}
