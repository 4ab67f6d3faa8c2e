package teleapi.store;

import java.sql.SQLException;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;

/** Table {@code conferences}. */
final class ConferenceTable implements RecordTable<ConferenceRecord> {
    @Override
    public String name() {
        return "conferences";
    }

    @Override
    public Row row(ConferenceRecord conference) {
        return new Row()
                .sid("sid", conference.sid())
                .sid("account_sid", conference.accountSid())
                .text("friendly_name", conference.friendlyName())
                .text("status", conference.status().text())
                .flag("ended", ended(conference))
                .time("date_created", conference.dateCreated())
                .time("date_updated", conference.dateUpdated())
                .text("reason_ended", conference.reasonEnded())
                .sid("call_sid_ending", conference.callSidEnding())
                .count("revision", conference.revision());
    }

    @Override
    public ConferenceRecord read(Columns columns) throws SQLException {
        return new ConferenceRecord(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.text("friendly_name"),
                columns.oneOf(ConferenceRecord.Status.values(), ConferenceRecord.Status::text, "status"),
                columns.time("date_created"),
                columns.time("date_updated"),
                columns.maybeText("reason_ended"),
                columns.maybeSid("call_sid_ending"),
                columns.count("revision"));
    }

    @Override
    public Sid sid(ConferenceRecord conference) {
        return conference.sid();
    }

    @Override
    public Sid account(ConferenceRecord conference) {
        return conference.accountSid();
    }

    @Override
    public long revision(ConferenceRecord conference) {
        return conference.revision();
    }

    @Override
    public boolean ended(ConferenceRecord conference) {
        return conference.status() == ConferenceRecord.Status.COMPLETED;
    }
}
