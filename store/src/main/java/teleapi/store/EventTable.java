package teleapi.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import teleapi.call.Sid;
import teleapi.call.records.AccountEvent;

/**
 * Table {@code events}, and the one place where events get their numbers: when they are kept, in the order of posting, from what the table
 * has. A number is void until its transaction is committed; when the end of one is not known, the table is asked again.
 *
 * <pre>
 * Shape   of each account the newest 10,000
 * Thread  keep, kept: the writer's, which owns the numbers. The rest: any
 * Source  ADR-0013
 * </pre>
 */
final class EventTable implements RecordTable<AccountEvent> {
    static final int MOST = 10_000;

    /** Old ones are forgotten once in so many new ones. More at once hold up who shares a processor with the writer. */
    private static final int FORGET_EVERY = 10;

    private static final String FORGET = "DELETE FROM events WHERE account_sid = :account_sid AND number <= :number";

    private final Consumer<Sid> news;
    private final Map<Sid, Long> last = new HashMap<>();
    private boolean unsure = true;

    /** In this transaction: some of what is to be kept may be kept already. */
    private boolean asks = true;

    /** In this transaction: some of it was, and so may be what comes next, where each is kept alone. */
    private boolean met;

    /** {@code news} is told which account has more. */
    EventTable(Consumer<Sid> news) {
        this.news = news;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Row row(AccountEvent event) {
        return new Row()
                .sid("sid", event.sid())
                .sid("account_sid", event.accountSid())
                .count("number", event.number())
                .time("happened", event.time())
                .text("topic", event.topic().text())
                .text("what", event.what())
                .sid("call_sid", event.callSid())
                .text("details", TabbedText.line(TabbedText.fields(event.values())));
    }

    @Override
    public AccountEvent read(Columns columns) throws SQLException {
        return new AccountEvent(
                columns.count("number"),
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.time("happened"),
                columns.oneOf(AccountEvent.Topic.values(), AccountEvent.Topic::text, "topic"),
                columns.text("what"),
                columns.maybeSid("call_sid"),
                TabbedText.map(TabbedText.fields(columns.text("details")), 0));
    }

    @Override
    public Sid sid(AccountEvent event) {
        return event.sid();
    }

    @Override
    public Sid account(AccountEvent event) {
        return event.accountSid();
    }

    @Override
    public long revision(AccountEvent event) {
        return 0;
    }

    @Override
    public boolean ended(AccountEvent event) {
        return true;
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public void begin() {
        asks = unsure;
        if (asks) {
            last.clear();
        }
        met = false;
        unsure = true;
    }

    @Override
    public void keep(Handle handle, List<AccountEvent> events) {
        List<AccountEvent> fresh = events;
        if (asks) {
            Set<String> there = kept(handle, events);
            met |= !there.isEmpty();
            fresh = events.stream()
                    .filter(event -> !there.contains(event.sid().text()))
                    .toList();
        }
        List<AccountEvent> numbered = new ArrayList<>(fresh.size());
        for (AccountEvent event : fresh) {
            long number = last.computeIfAbsent(event.accountSid(), account -> lastKept(handle, account)) + 1;
            last.put(event.accountSid(), number);
            numbered.add(event.numbered(number));
        }
        if (numbered.isEmpty()) {
            return;
        }
        List<Row> rows = numbered.stream().map(this::row).toList();
        RowBatch.run(handle, rows.getFirst().insertInto(name()), rows);
        RowBatch.run(
                handle,
                FORGET,
                numbered.stream()
                        .filter(event -> event.number() % FORGET_EVERY == 0)
                        .map(event ->
                                new Row().sid("account_sid", event.accountSid()).count("number", event.number() - MOST))
                        .toList());
    }

    @Override
    public void kept(List<AccountEvent> events) {
        if (events.isEmpty()) {
            // None began: nothing was asked, nothing is known.
            return;
        }
        unsure = met;
        var accounts = new HashSet<Sid>();
        events.forEach(event -> accounts.add(event.accountSid()));
        accounts.forEach(news);
    }

    private static Set<String> kept(Handle handle, List<AccountEvent> events) {
        return new HashSet<>(handle.createQuery("SELECT sid FROM events WHERE sid IN (<sids>)")
                .bindList(
                        "sids", events.stream().map(event -> event.sid().text()).toList())
                .mapTo(String.class)
                .list());
    }

    private static long lastKept(Handle handle, Sid account) {
        return handle.createQuery("SELECT coalesce(max(number), 0) FROM events WHERE account_sid = :account")
                .bind("account", account.text())
                .mapTo(Long.class)
                .one();
    }
}
