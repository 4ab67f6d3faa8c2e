package teleapi.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import teleapi.call.Sid;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.EventHistory;
import teleapi.call.records.EventLog;
import teleapi.call.records.Page;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/** The events of accounts: written soon by the {@link Writer}, read from the table alone, so that only what is committed is seen. */
final class StoredEvents implements EventLog, EventHistory {
    private final EventTable table = new EventTable(this::tell);
    private final Database database;
    private final Outbox<AccountEvent> outbox;
    private final Settling settling;
    private final ConcurrentHashMap<Sid, Set<Mailbox<Boolean>>> listeners = new ConcurrentHashMap<>();

    StoredEvents(World world, Database database, Mailbox<Writer.Work> queue, Writer writer) {
        this.database = database;
        this.outbox = new Outbox<>(table, queue);
        this.settling = new Settling(world, writer);
    }

    Outbox<AccountEvent> outbox() {
        return outbox;
    }

    @Override
    public void post(AccountEvent event) {
        outbox.put(event);
    }

    @Override
    public Span span(Sid account) {
        return database.ask(
                "events cannot be read",
                jdbi -> jdbi.withHandle(handle -> handle.createQuery("SELECT coalesce(min(number), 1) AS first_kept,"
                                + " coalesce(max(number), 0) AS last_kept FROM events WHERE account_sid = :account")
                        .bind("account", account.text())
                        .map((row, context) -> new Span(row.getLong("first_kept"), row.getLong("last_kept")))
                        .one()));
    }

    @Override
    public List<AccountEvent> after(Sid account, long number, int most) {
        return database.ask(
                "events cannot be read",
                jdbi -> jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT * FROM events WHERE account_sid = :account AND number > :number"
                                        + " ORDER BY number LIMIT :most")
                        .bind("account", account.text())
                        .bind("number", number)
                        .bind("most", most)
                        .map((row, context) -> table.read(new Columns(row)))
                        .list()));
    }

    @Override
    public Page<AccountEvent> list(
            Sid account, Optional<AccountEvent.Topic> topic, Optional<Sid> call, int page, int size) {
        settling.await();
        Conditions conditions = new Conditions()
                .equal("account_sid", account.text())
                .equal("topic", topic.map(AccountEvent.Topic::text))
                .equal("call_sid", call.map(Sid::text));
        return database.ask(
                "events cannot be read",
                jdbi -> jdbi.withHandle(handle -> Records.page(handle, table, conditions, "number DESC", page, size)));
    }

    @Override
    public void listen(Sid account, Mailbox<Boolean> box) {
        listeners.compute(account, (same, boxes) -> {
            Set<Mailbox<Boolean>> all = boxes == null ? ConcurrentHashMap.newKeySet() : boxes;
            all.add(box);
            return all;
        });
    }

    @Override
    public void forget(Sid account, Mailbox<Boolean> box) {
        listeners.computeIfPresent(account, (same, boxes) -> {
            boxes.remove(box);
            return boxes.isEmpty() ? null : boxes;
        });
    }

    private void tell(Sid account) {
        listeners.getOrDefault(account, Set.of()).forEach(box -> box.offer(true));
    }
}
