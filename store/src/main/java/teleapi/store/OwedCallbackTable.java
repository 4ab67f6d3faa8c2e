package teleapi.store;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import teleapi.call.Sid;
import teleapi.call.records.OwedCallback;
import teleapi.rcml.HttpMethod;

/** Table {@code owed_callbacks}: as many rows as there are live calls with a status callback; one that is settled is removed. */
final class OwedCallbackTable implements RecordTable<OwedCallback> {
    @Override
    public String name() {
        return "owed_callbacks";
    }

    @Override
    public Row row(OwedCallback callback) {
        return new Row()
                .sid("sid", callback.sid())
                .sid("account_sid", callback.accountSid())
                .text("url", callback.url())
                .text("method", callback.method().name())
                .count("sequence_number", callback.sequence())
                .text("previous_status", callback.previousStatus())
                .count("revision", callback.revision())
                .flag("ended", callback.settled());
    }

    @Override
    public OwedCallback read(Columns columns) throws SQLException {
        return new OwedCallback(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.text("url"),
                columns.text("method").equals("GET") ? HttpMethod.GET : HttpMethod.POST,
                (int) columns.count("sequence_number"),
                columns.text("previous_status"),
                columns.count("revision"),
                columns.flag("ended"));
    }

    @Override
    public Sid sid(OwedCallback callback) {
        return callback.sid();
    }

    @Override
    public Sid account(OwedCallback callback) {
        return callback.accountSid();
    }

    @Override
    public long revision(OwedCallback callback) {
        return callback.revision();
    }

    @Override
    public boolean ended(OwedCallback callback) {
        return callback.settled();
    }

    @Override
    public void keep(Handle handle, List<OwedCallback> records) {
        RecordTable.super.keep(
                handle, records.stream().filter(callback -> !callback.settled()).toList());
        RowBatch.run(
                handle,
                "DELETE FROM owed_callbacks WHERE sid = :sid",
                records.stream()
                        .filter(OwedCallback::settled)
                        .map(callback -> new Row().sid("sid", callback.sid()))
                        .toList());
    }
}
