package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.Page;

/** Conference records, kept as {@link StoredCalls} are. */
final class StoredConferences implements ConferenceRecords {
    private final ConferenceTable table;
    private final Database database;
    private final Outbox<ConferenceRecord> outbox;
    private final Settling settling;

    StoredConferences(ConferenceTable table, Database database, Outbox<ConferenceRecord> outbox, Settling settling) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
        this.settling = settling;
    }

    @Override
    public void write(ConferenceRecord record) {
        outbox.put(record);
    }

    @Override
    public Optional<ConferenceRecord> find(Sid account, Sid conference) {
        Optional<ConferenceRecord> found = outbox.pending(conference);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", conference.text());
            found = database.ask(
                    "conference " + conference + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(record -> record.accountSid().equals(account));
    }

    @Override
    public Page<ConferenceRecord> list(
            Sid account, Optional<ConferenceRecord.Status> status, Optional<String> friendlyName, int page, int size) {
        settling.await();
        Conditions conditions = new Conditions()
                .equal("account_sid", account.text())
                .equal("status", status.map(ConferenceRecord.Status::text))
                .equal("friendly_name", friendlyName);
        return database.ask(
                "conferences cannot be read",
                jdbi -> jdbi.withHandle(
                        handle -> Records.page(handle, table, conditions, "date_created DESC, sid DESC", page, size)));
    }
}
