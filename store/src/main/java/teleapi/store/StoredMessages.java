package teleapi.store;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.Page;
import teleapi.call.records.RecordsUnavailable;

/** Records of text messages, kept as {@link StoredCalls} are. */
final class StoredMessages implements MessageRecords {
    private final MessageTable table;
    private final Database database;
    private final Outbox<MessageRecord> outbox;
    private final Settling settling;

    StoredMessages(MessageTable table, Database database, Outbox<MessageRecord> outbox, Settling settling) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
        this.settling = settling;
    }

    @Override
    public void write(MessageRecord record) {
        outbox.put(record);
    }

    @Override
    public void commit(MessageRecord record) {
        database.ask("message " + record.sid() + " is not kept", jdbi -> {
            jdbi.useTransaction(handle -> Records.keep(handle, table, List.of(record)));
            return record;
        });
        outbox.forget(record);
    }

    @Override
    public Optional<MessageRecord> find(Sid account, Sid message) {
        Optional<MessageRecord> found = outbox.pending(message);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", message.text());
            found = database.ask(
                    "message " + message + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(record -> record.accountSid().equals(account));
    }

    @Override
    public Page<MessageRecord> list(Sid account, MessageFilter filter, int page, int size) {
        settling.await();
        Conditions conditions = MessageTable.conditions(account, filter);
        return database.ask(
                "messages cannot be read",
                jdbi -> jdbi.withHandle(
                        handle -> Records.page(handle, table, conditions, MessageTable.NEWEST_FIRST, page, size)));
    }

    @Override
    public void delete(Sid account, Sid message) {
        // What waits to be kept would bring it back.
        settling.await();
        String failed = "message " + message + " cannot be deleted";
        if (outbox.pending(message).isPresent()) {
            throw new RecordsUnavailable(failed, new IllegalStateException("it is not kept yet"));
        }
        database.ask(
                failed,
                jdbi -> jdbi.withHandle(handle -> handle.createUpdate(
                                "DELETE FROM messages WHERE sid = :sid AND account_sid = :account AND ended")
                        .bind("sid", message.text())
                        .bind("account", account.text())
                        .execute()));
    }
}
