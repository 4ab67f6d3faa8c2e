package teleapi.rest;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import teleapi.call.Sid;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.EventHistory;
import teleapi.call.records.EventLog;
import teleapi.call.records.Page;
import teleapi.runtime.Mailbox;

/** Events in memory: kept in the moment they are posted, by the test's thread; the first ones can be forgotten. */
final class MemoryEvents implements EventLog, EventHistory {
    private static final long LAST = 1_000_000_000_000L;

    private final ConcurrentSkipListMap<Long, AccountEvent> kept = new ConcurrentSkipListMap<>();
    private final CopyOnWriteArrayList<Mailbox<Boolean>> boxes = new CopyOnWriteArrayList<>();

    @Override
    public void post(AccountEvent event) {
        long number = span(event.accountSid()).last() + 1;
        kept.put(key(event.accountSid(), number), event.numbered(number));
        boxes.forEach(box -> box.offer(true));
    }

    /** The accounts of {@link House} differ in their last digit. */
    private static long key(Sid account, long number) {
        return (account.text().charAt(33) - '0') * LAST + number;
    }

    void forgetUntil(long number) {
        kept.values().removeIf(event -> event.number() <= number);
    }

    int listeners() {
        return boxes.size();
    }

    @Override
    public Span span(Sid account) {
        var all = kept.subMap(key(account, 0), key(account, LAST));
        return all.isEmpty()
                ? new Span(1, 0)
                : new Span(
                        all.firstEntry().getValue().number(),
                        all.lastEntry().getValue().number());
    }

    @Override
    public List<AccountEvent> after(Sid account, long number, int most) {
        return kept.subMap(key(account, number + 1), key(account, LAST)).values().stream()
                .limit(most)
                .toList();
    }

    @Override
    public Page<AccountEvent> list(
            Sid account, Optional<AccountEvent.Topic> topic, Optional<Sid> call, int page, int size) {
        List<AccountEvent> all = after(account, 0, Integer.MAX_VALUE).reversed().stream()
                .filter(event -> topic.isEmpty() || topic.get() == event.topic())
                .filter(event -> call.isEmpty() || call.equals(event.callSid()))
                .toList();
        int from = Math.min(all.size(), page * size);
        return new Page<>(all.subList(from, Math.min(all.size(), from + size)), page, size, all.size());
    }

    @Override
    public void listen(Sid account, Mailbox<Boolean> news) {
        boxes.add(news);
    }

    @Override
    public void forget(Sid account, Mailbox<Boolean> news) {
        boxes.remove(news);
    }
}
