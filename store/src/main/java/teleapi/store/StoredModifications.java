package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.ModificationRecords;
import teleapi.call.records.Page;

/** Modifications, kept as {@link StoredCalls} are. */
final class StoredModifications implements ModificationRecords {
    private final ModificationTable table;
    private final Database database;
    private final Outbox<ModificationRecord> outbox;
    private final Settling settling;

    StoredModifications(
            ModificationTable table, Database database, Outbox<ModificationRecord> outbox, Settling settling) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
        this.settling = settling;
    }

    @Override
    public void write(ModificationRecord record) {
        outbox.put(record);
    }

    @Override
    public Optional<ModificationRecord> find(Sid account, Sid call, Sid modification) {
        Optional<ModificationRecord> found = outbox.pending(modification);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", modification.text());
            found = database.ask(
                    "modification " + modification + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(record ->
                record.accountSid().equals(account) && record.callSid().equals(call));
    }

    @Override
    public Page<ModificationRecord> list(Sid account, Sid call, int page, int size) {
        settling.await();
        Conditions conditions =
                new Conditions().equal("account_sid", account.text()).equal("call_sid", call.text());
        return database.ask(
                "modifications of " + call + " cannot be read",
                jdbi -> jdbi.withHandle(handle -> Records.page(handle, table, conditions, "sid", page, size)));
    }
}
