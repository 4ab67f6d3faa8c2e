package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.CallJournal;
import teleapi.call.records.Journals;

/** Journals, kept as {@link StoredCalls} are. */
final class StoredJournals implements Journals {
    private final JournalTable table;
    private final Database database;
    private final Outbox<CallJournal> outbox;

    StoredJournals(JournalTable table, Database database, Outbox<CallJournal> outbox) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
    }

    @Override
    public void write(CallJournal journal) {
        outbox.put(journal);
    }

    @Override
    public Optional<CallJournal> find(Sid account, Sid call) {
        Optional<CallJournal> found = outbox.pending(call);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", call.text());
            found = database.ask(
                    "the journal of " + call + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(journal -> journal.accountSid().equals(account));
    }
}
