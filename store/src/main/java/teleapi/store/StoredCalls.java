package teleapi.store;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallQuality;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.Page;

/** Call records: written soon by the {@link Writer}, read from the {@link Outbox} first and then from the table. */
final class StoredCalls implements CallRecords {
    private final CallTable table;
    private final Database database;
    private final Outbox<CallRecord> outbox;
    private final Outbox<CallQuality> qualities;
    private final Settling settling;

    StoredCalls(
            CallTable table,
            Database database,
            Outbox<CallRecord> outbox,
            Outbox<CallQuality> qualities,
            Settling settling) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
        this.qualities = qualities;
        this.settling = settling;
    }

    @Override
    public void write(CallRecord record) {
        outbox.put(record);
    }

    @Override
    public void commit(CallRecord record) {
        database.ask("call " + record.sid() + " is not kept", jdbi -> {
            jdbi.useTransaction(handle -> Records.keep(handle, table, List.of(record)));
            return record;
        });
        outbox.forget(record);
    }

    @Override
    public Optional<CallRecord> find(Sid account, Sid call) {
        // First what waits, then the table: a row leaves the outbox only after its commit, so it is in one of them.
        Optional<CallRecord> found = outbox.pending(call);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", call.text());
            found = database.ask(
                    "call " + call + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(record -> record.accountSid().equals(account));
    }

    @Override
    public void write(CallQuality quality) {
        qualities.put(quality);
    }

    @Override
    public Optional<CallQuality> quality(Sid account, Sid call) {
        Optional<CallQuality> found = qualities.pending(call);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", call.text());
            found = database.ask(
                    "the quality of " + call + " cannot be read",
                    jdbi -> jdbi.withHandle(handle -> Records.all(handle, new QualityTable(), one).stream()
                            .findFirst()));
        }
        return found.filter(quality -> quality.accountSid().equals(account));
    }

    @Override
    public Page<CallRecord> list(Sid account, CallFilter filter, int page, int size) {
        settling.await();
        return database.ask(
                "calls cannot be read",
                jdbi -> jdbi.withHandle(handle -> Records.page(
                        handle, table, CallTable.conditions(account, filter), CallTable.order(filter), page, size)));
    }
}
