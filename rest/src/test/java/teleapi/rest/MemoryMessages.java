package teleapi.rest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import teleapi.call.Sid;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.Page;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/** Messages in memory, which stay as they were sent; how filters choose is the store's, and tested there. Thread: any. */
final class MemoryMessages implements MessageRecords {
    final Map<Sid, MessageRecord> kept = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<NewMessage> sent = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<MessageFilter> filters = new ConcurrentLinkedQueue<>();

    /** What is answered instead of sending. */
    final Published<Optional<Sent.Refused>> refusing = new Published<>(Optional.empty());

    /** Sends, and then breaks. */
    final Published<Boolean> faulty = new Published<>(false);

    Sent send(NewMessage message, World world) {
        if (refusing.get().isPresent()) {
            return refusing.get().get();
        }
        sent.add(message);
        if (faulty.get()) {
            throw new IllegalStateException("a fault of ours, on purpose");
        }
        var now = world.time().now();
        MessageRecord queued = new MessageRecord(
                Sid.fresh(Sid.MESSAGE, world),
                message.account(),
                message.callSid(),
                message.from(),
                message.to(),
                message.body(),
                MessageRecord.Direction.OUTBOUND_API,
                MessageRecord.Status.QUEUED,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                1);
        commit(queued);
        return new Sent.Queued(queued);
    }

    @Override
    public void write(MessageRecord record) {
        kept.put(record.sid(), record);
    }

    @Override
    public void commit(MessageRecord record) {
        write(record);
    }

    @Override
    public Optional<MessageRecord> find(Sid account, Sid message) {
        return Optional.ofNullable(kept.get(message))
                .filter(found -> found.accountSid().equals(account));
    }

    @Override
    public Page<MessageRecord> list(Sid account, MessageFilter filter, int page, int size) {
        filters.add(filter);
        List<MessageRecord> found = kept.values().stream()
                .filter(one -> one.accountSid().equals(account))
                .sorted(Comparator.comparing(MessageRecord::sid).reversed())
                .toList();
        int from = Math.min(found.size(), page * size);
        return new Page<>(found.subList(from, Math.min(found.size(), from + size)), page, size, found.size());
    }

    @Override
    public void delete(Sid account, Sid message) {
        find(account, message).ifPresent(found -> kept.remove(found.sid()));
    }
}
