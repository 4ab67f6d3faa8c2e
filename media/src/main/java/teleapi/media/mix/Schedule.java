package teleapi.media.mix;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.runtime.Loop;
import teleapi.runtime.Time;

/**
 * The 20 ms of a loop, in slots of 1 ms: whoever makes sound has a beat in one of them. Bridges have none.
 *
 * <p>Deadlines are absolute, so beats do not drift. Late beats are made up for, unless the loop was stopped for so long that the burst would
 * be worse than the gap. However late they are, a third of the time is left to the packets that come in: a loop with too much to do
 * must not stop listening. While nobody beats, no timer is set.
 *
 * <pre>
 * Units   slots: 1 ms; a beat every 20 slots
 * Thread  the media loop's
 * </pre>
 */
final class Schedule {
    // Owned by the thread of the media loop.

    static final int SLOTS = 20;
    static final long SLOT_NANOS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    /** In slots: five frames are made up for, more are left out. */
    private static final long LATEST = 100;
    /** A new beat comes this soon, in the emptiest of these slots. */
    private static final int SOON = 5;

    private final Time time;
    private final Loop.Timer timer;
    private final long origin;
    private final List<List<Mixer>> mixers = new ArrayList<>();
    private final List<List<Party>> parties = new ArrayList<>();
    private long next;
    private int beating;
    private long notBefore = Long.MIN_VALUE;

    Schedule(Time time, Loop<?> loop) {
        this.time = time;
        this.origin = time.nanos();
        this.timer = loop.timer(this::run);
        for (int i = 0; i < SLOTS; i++) {
            mixers.add(new ArrayList<>());
            parties.add(new ArrayList<>());
        }
    }

    long now() {
        return time.nanos();
    }

    /** A slot for one who begins now. */
    int soon() {
        long now = slotAt(time.nanos());
        int best = slotOf(now + 1);
        for (int i = 2; i <= SOON; i++) {
            int slot = slotOf(now + i);
            if (parties.get(slot).size() < parties.get(best).size()) {
                best = slot;
            }
        }
        return best;
    }

    void add(Party party, int slot) {
        skipIdle();
        parties.get(slot).add(party);
        beating++;
        arm();
    }

    void remove(Party party, int slot) {
        if (parties.get(slot).remove(party)) {
            beating--;
        }
    }

    /** Mixers beat before the parties of their slot. */
    void add(Mixer mixer, int slot) {
        skipIdle();
        mixers.get(slot).add(mixer);
        beating++;
        arm();
    }

    void remove(Mixer mixer, int slot) {
        if (mixers.get(slot).remove(mixer)) {
            beating--;
        }
    }

    /** Who is added now has not missed the slots in which nobody beat. */
    private void skipIdle() {
        long now = slotAt(time.nanos());
        if (beating == 0) {
            next = now + 1;
        }
        while (next <= now && idle(slotOf(next))) {
            next++;
        }
    }

    private void run() {
        long now = time.nanos();
        long due = slotAt(now);
        next = Math.max(next, due - LATEST);
        while (next <= due) {
            beat(slotOf(next), now);
            next++;
        }
        long end = time.nanos();
        notBefore = end + (end - now) / 2;
        arm();
    }

    private void beat(int slot, long now) {
        List<Mixer> rooms = mixers.get(slot);
        // From the end: one whose recording ends may rest from now on.
        for (int i = rooms.size() - 1; i >= 0; i--) {
            rooms.get(i).beat();
        }
        List<Party> members = parties.get(slot);
        for (int i = members.size() - 1; i >= 0; i--) {
            Party party = members.get(i);
            if (!goesOn(party, now)) {
                party.stopped();
                members.set(i, members.getLast());
                members.removeLast();
                beating--;
            }
        }
    }

    /** One party's broken invariant is not the others'. */
    private static boolean goesOn(Party party, long now) {
        try {
            return party.beat(now);
        } catch (RuntimeException broken) {
            LOG.error("a media session stopped making sound", broken);
            return false;
        }
    }

    private void arm() {
        if (beating == 0) {
            timer.cancel();
            return;
        }
        long slot = next;
        while (slot < next + SLOTS && idle(slotOf(slot))) {
            slot++;
        }
        timer.at(Math.max(origin + slot * SLOT_NANOS, notBefore));
    }

    private boolean idle(int slot) {
        return parties.get(slot).isEmpty() && mixers.get(slot).isEmpty();
    }

    private long slotAt(long nanos) {
        return Math.floorDiv(nanos - origin, SLOT_NANOS);
    }

    private static int slotOf(long number) {
        return (int) Math.floorMod(number, (long) SLOTS);
    }
}
