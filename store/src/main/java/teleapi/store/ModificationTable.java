package teleapi.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Sid;
import teleapi.call.records.ModificationRecord;

/** Table {@code modifications}. */
final class ModificationTable implements RecordTable<ModificationRecord> {
    @Override
    public String name() {
        return "modifications";
    }

    @Override
    public Row row(ModificationRecord modification) {
        return new Row()
                .sid("sid", modification.sid())
                .sid("account_sid", modification.accountSid())
                .sid("call_sid", modification.callSid())
                .text("state", modification.state().name())
                .flag("ended", ended(modification))
                .count("code", modification.code())
                .text("reason", modification.reason())
                .text("timings", text(modification.timings()))
                .time("date_created", modification.dateCreated())
                .time("date_updated", modification.dateUpdated())
                .count("revision", modification.revision());
    }

    @Override
    public ModificationRecord read(Columns columns) throws SQLException {
        return new ModificationRecord(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.sid("call_sid"),
                columns.oneOf(State.values(), State::name, "state"),
                (int) columns.count("code"),
                columns.text("reason"),
                timings(columns.text("timings")),
                columns.time("date_created"),
                columns.time("date_updated"),
                columns.count("revision"));
    }

    @Override
    public Sid sid(ModificationRecord modification) {
        return modification.sid();
    }

    @Override
    public Sid account(ModificationRecord modification) {
        return modification.accountSid();
    }

    @Override
    public long revision(ModificationRecord modification) {
        return modification.revision();
    }

    @Override
    public boolean ended(ModificationRecord modification) {
        return modification.state().last() || modification.state() == State.HEARD;
    }

    /** Of one that is applied it may still be said that it is heard. */
    @Override
    public String open() {
        return "(NOT ended OR (state = 'APPLIED' AND :state = 'HEARD'))";
    }

    @Override
    public ModificationRecord newer(ModificationRecord kept, ModificationRecord next) {
        boolean heard = kept.state() == State.APPLIED && next.state() == State.HEARD;
        return heard ? next : RecordTable.super.newer(kept, next);
    }

    /** {@code name=nanoseconds}, with spaces between. */
    private static String text(Map<String, Duration> timings) {
        return timings.entrySet().stream()
                .map(timing -> timing.getKey() + "=" + timing.getValue().toNanos())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Duration> timings(String text) {
        Map<String, Duration> timings = new HashMap<>();
        for (String timing : text.split(" ", -1)) {
            int equals = timing.indexOf('=');
            if (equals > 0) {
                timings.put(
                        timing.substring(0, equals), Duration.ofNanos(Long.parseLong(timing.substring(equals + 1))));
            }
        }
        return timings;
    }
}
