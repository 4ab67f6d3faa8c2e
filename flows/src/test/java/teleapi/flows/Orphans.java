package teleapi.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.Origin;
import teleapi.call.Sid;
import teleapi.call.records.CallJournal;
import teleapi.call.records.CallRecord;
import teleapi.call.records.JournalEntry;

/**
 * Finds legs that outlive the call that dialled them, although nobody has modified either.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  CONTRACT section 2 "Rules"; reference/reliability.md 5.1: I7
 * </pre>
 */
final class Orphans {
    /** No time passes from the end of a call to that of its legs, but threads take turns. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final House house;

    Orphans(House house) {
        this.house = house;
    }

    List<String> look() {
        return house.switchboard.live(house.account.sid()).stream()
                .filter(this::orphan)
                .map(leg -> "I7: " + leg.sid() + ", which nobody modified, is "
                        + leg.status().text() + " after the end of the call that dialled it, "
                        + leg.parentSid().orElseThrow())
                .toList();
    }

    private boolean orphan(CallRecord leg) {
        Instant before = house.world.time().now().minus(MOMENT);
        return leg.parentSid()
                        .flatMap(parent -> Optional.ofNullable(house.memory.calls.get(parent)))
                        .flatMap(writes -> writes.getLast().endTime())
                        .filter(end -> end.isBefore(before))
                        .isPresent()
                && !hasPlaceOfItsOwn(leg.sid())
                && unmodified(leg.sid())
                && unmodified(leg.parentSid().orElseThrow());
    }

    /** ADR-0018: who was called in the place of a member of a conference is there for itself. */
    private boolean hasPlaceOfItsOwn(Sid call) {
        return house.switchboard
                .find(house.account.sid(), call)
                .filter(found -> found.origin() instanceof Origin.Dialled dialled
                        && dialled.place().isPresent())
                .isPresent();
    }

    private boolean unmodified(Sid call) {
        List<JournalEntry> journal = house.switchboard
                .find(house.account.sid(), call)
                .map(found -> found.journal().entries())
                .or(() -> Optional.ofNullable(house.memory.journals.get(call)).map(CallJournal::entries))
                .orElse(List.of());
        return journal.stream().noneMatch(entry -> entry.kind() == JournalEntry.Kind.MODIFICATION);
    }
}
