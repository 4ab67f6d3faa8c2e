package teleapi.store;

import java.sql.SQLException;
import teleapi.call.CallStatus;
import teleapi.call.Direction;
import teleapi.call.Sid;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallRecord;

/** Table {@code calls}. */
final class CallTable implements RecordTable<CallRecord> {
    @Override
    public String name() {
        return "calls";
    }

    @Override
    public Row row(CallRecord call) {
        return new Row()
                .sid("sid", call.sid())
                .sid("account_sid", call.accountSid())
                .sid("parent_sid", call.parentSid())
                .sid("phone_number_sid", call.phoneNumberSid())
                .text("caller", call.from())
                .text("called", call.to())
                .text("direction", call.direction().text())
                .text("status", call.status().text())
                .flag("ended", call.status().ended())
                .time("date_created", call.dateCreated())
                .time("date_updated", call.dateUpdated())
                .time("start_time", call.startTime())
                .time("end_time", call.endTime())
                .millis("duration_ms", call.duration())
                .millis("ring_duration_ms", call.ringDuration())
                .text("caller_name", call.callerName())
                .text("forwarded_from", call.forwardedFrom())
                .flag("muted", call.muted())
                .sid("conference_sid", call.conferenceSid())
                .count("revision", call.revision())
                .with(
                        "sip_response_code",
                        call.sipResponseCode().isPresent()
                                ? call.sipResponseCode().getAsInt()
                                : null)
                .text("cause", call.cause());
    }

    @Override
    public CallRecord read(Columns columns) throws SQLException {
        return new CallRecord(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.maybeSid("parent_sid"),
                columns.maybeSid("phone_number_sid"),
                columns.text("caller"),
                columns.text("called"),
                columns.oneOf(Direction.values(), Direction::text, "direction"),
                columns.oneOf(CallStatus.values(), CallStatus::text, "status"),
                columns.time("date_created"),
                columns.time("date_updated"),
                columns.maybeTime("start_time"),
                columns.maybeTime("end_time"),
                columns.maybeMillis("duration_ms"),
                columns.maybeMillis("ring_duration_ms"),
                columns.maybeText("caller_name"),
                columns.maybeText("forwarded_from"),
                columns.flag("muted"),
                columns.maybeSid("conference_sid"),
                columns.count("revision"),
                columns.maybeCount("sip_response_code"),
                columns.maybeText("cause"));
    }

    @Override
    public Sid sid(CallRecord call) {
        return call.sid();
    }

    @Override
    public Sid account(CallRecord call) {
        return call.accountSid();
    }

    @Override
    public long revision(CallRecord call) {
        return call.revision();
    }

    @Override
    public boolean ended(CallRecord call) {
        return call.status().ended();
    }

    /** The columns and conditions of a filter; its values are bound, its columns come from here. */
    static Conditions conditions(Sid account, CallFilter filter) {
        return new Conditions()
                .equal("account_sid", account.text())
                .equal("called", filter.to())
                .equal("caller", filter.from())
                .equal("status", filter.status().map(CallStatus::text))
                .from("start_time", filter.startedFrom())
                .before("start_time", filter.startedBefore())
                .from("end_time", filter.endedFrom())
                .before("end_time", filter.endedBefore())
                .equal("parent_sid", filter.parentSid().map(Sid::text))
                .equal("conference_sid", filter.conferenceSid().map(Sid::text));
    }

    /** Sids are time-ordered, so they settle the order of equals and pages do not overlap. */
    static String order(CallFilter filter) {
        String column = switch (filter.sort()) {
            case DATE_CREATED -> "date_created";
            case FROM -> "caller";
            case TO -> "called";
            case DIRECTION -> "direction";
            case STATUS -> "status";
            case DURATION -> "duration_ms";
        };
        String way = filter.ascending() ? "ASC" : "DESC";
        return column + " " + way + ", sid " + way;
    }
}
