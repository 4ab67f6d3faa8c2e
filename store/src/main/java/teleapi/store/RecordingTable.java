package teleapi.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;

/** Table {@code recordings}. */
final class RecordingTable implements RecordTable<RecordingRecord> {
    @Override
    public String name() {
        return "recordings";
    }

    @Override
    public Row row(RecordingRecord recording) {
        return new Row()
                .sid("sid", recording.sid())
                .sid("account_sid", recording.accountSid())
                .sid("call_sid", recording.callSid())
                .sid("conference_sid", recording.conferenceSid())
                .count("channels", recording.channels())
                .text("track", recording.track())
                .text("source", recording.source())
                .text("status", recording.status().text())
                .flag("ended", ended(recording))
                .time("start_time", recording.startTime())
                .time("date_updated", recording.dateUpdated())
                .millis("duration_ms", recording.duration())
                .with("error_code", recording.errorCode().orElse(null))
                .count("revision", recording.revision());
    }

    @Override
    public RecordingRecord read(Columns columns) throws SQLException {
        OptionalInt error = columns.maybeCount("error_code");
        return new RecordingRecord(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.sid("call_sid"),
                columns.maybeSid("conference_sid"),
                (int) columns.count("channels"),
                columns.text("track"),
                columns.text("source"),
                columns.oneOf(RecordingRecord.Status.values(), RecordingRecord.Status::text, "status"),
                columns.time("start_time"),
                columns.time("date_updated"),
                columns.maybeMillis("duration_ms"),
                error.isPresent() ? Optional.of(error.getAsInt()) : Optional.empty(),
                columns.count("revision"));
    }

    @Override
    public Sid sid(RecordingRecord recording) {
        return recording.sid();
    }

    @Override
    public Sid account(RecordingRecord recording) {
        return recording.accountSid();
    }

    @Override
    public long revision(RecordingRecord recording) {
        return recording.revision();
    }

    @Override
    public boolean ended(RecordingRecord recording) {
        return recording.status().ended();
    }
}
