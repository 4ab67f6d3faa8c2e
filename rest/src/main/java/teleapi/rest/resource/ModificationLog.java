package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;

/**
 * The last status of recent modifications, for {@code GET Calls/{CallSid}/Modifications}.
 *
 * <pre>
 * Shape   the newest 10,000, in memory
 * Thread  add: the call's; find, of: any. One modification is told by one call only
 * </pre>
 */
final class ModificationLog {
    private static final int MOST = 10_000;

    private record Entry(Sid account, ModificationStatus status) {}

    private final ConcurrentHashMap<Sid, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Sid> order = new ConcurrentLinkedQueue<>();

    void add(Sid account, ModificationStatus status) {
        if (entries.put(status.sid(), new Entry(account, status)) == null) {
            order.add(status.sid());
        }
        while (entries.size() > MOST) {
            Sid oldest = order.poll();
            if (oldest == null) {
                return;
            }
            entries.remove(oldest);
        }
    }

    Optional<ModificationStatus> find(Sid account, Sid call, Sid modification) {
        return Optional.ofNullable(entries.get(modification))
                .filter(entry -> belongs(entry, account, call))
                .map(Entry::status);
    }

    /** Of a call, oldest first. */
    List<ModificationStatus> of(Sid account, Sid call) {
        return entries.values().stream()
                .filter(entry -> belongs(entry, account, call))
                .map(Entry::status)
                .sorted(java.util.Comparator.comparing(ModificationStatus::sid))
                .toList();
    }

    private static boolean belongs(Entry entry, Sid account, Sid call) {
        return entry.account().equals(account) && entry.status().call().sid().equals(call);
    }
}
