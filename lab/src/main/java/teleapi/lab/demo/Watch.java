package teleapi.lab.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Sees everything, has it drawn, and waits for what the story expects: the one place where the demo waits.
 *
 * <pre>
 * Thread  main's; see: any
 * Errors  NotObserved when something has not been seen in time
 * </pre>
 */
final class Watch {
    // Owner: the main thread.

    /** More than anything takes on a busy machine, but what has been lost. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /** What is heard must still be heard after that. */
    private static final Duration STEADY = Duration.ofMillis(250);

    private static final int AT_ONCE = 100_000;

    private final World world;
    private final Ladder ladder;
    private final Duration patience;
    private final Mailbox<Seen> box;
    private final List<Seen> unclaimed = new ArrayList<>();
    private final List<Seen> all = new ArrayList<>();
    private final Map<Party, Hearing> hearings = new EnumMap<>(Party.class);

    Watch(World world, Ladder ladder, Duration patience) {
        this.world = world;
        this.ladder = ladder;
        this.patience = patience;
        this.box = world.mailbox("seen", AT_ONCE);
    }

    void see(Seen seen) {
        box.post(seen);
    }

    long now() {
        return world.time().nanos();
    }

    /** All that has been seen so far. */
    List<Seen> all() {
        return List.copyOf(all);
    }

    /** Waits for the first thing that fits and that nobody has waited for before. */
    <T> T await(String what, Function<Seen, Optional<T>> fits) {
        Deadline deadline = world.time().after(patience);
        int next = 0;
        while (true) {
            for (; next < unclaimed.size(); next++) {
                Optional<T> found = fits.apply(unclaimed.get(next));
                if (found.isPresent()) {
                    unclaimed.remove(next);
                    return found.get();
                }
            }
            if (take(deadline).isEmpty()) {
                throw new NotObserved(what, unclaimed.isEmpty() ? "nothing" : tail());
            }
        }
    }

    /** Waits until a phone notices something of this kind. */
    <E extends PhoneEvent> E phone(Party party, Class<E> kind) {
        return await(
                party + ": " + kind.getSimpleName(),
                seen -> seen instanceof Seen.Noticed(Party phone, PhoneEvent event, long nanos)
                                && phone == party
                                && kind.isInstance(event)
                        ? Optional.of(kind.cast(event))
                        : Optional.empty());
    }

    /** Waits until each of them hears what it should, and goes on hearing it; answers what they hear. */
    Map<Party, Hearing> hears(Map<Party, Set<Party>> wanted) {
        Deadline deadline = world.time().after(patience);
        while (true) {
            while (!fits(wanted)) {
                if (take(deadline).isEmpty()) {
                    throw new NotObserved(describe(wanted), describeHearings(wanted.keySet()));
                }
            }
            Deadline steady = world.time().after(STEADY);
            while (take(steady).isPresent()) {}
            if (fits(wanted)) {
                return Map.copyOf(hearings);
            }
        }
    }

    /** Waits until a phone hears something that is no party: ringing. */
    Hearing hearsRinging(Party party) {
        Deadline deadline = world.time().after(patience);
        while (!hearing(party).otherSound()) {
            if (take(deadline).isEmpty()) {
                throw new NotObserved(party + " hears ringing", describeHearings(Set.of(party)));
            }
        }
        return hearing(party);
    }

    /** When the patience for something that begins now is over. */
    Deadline patience() {
        return world.time().after(patience);
    }

    boolean over(Deadline deadline) {
        return deadline.passed(world.time());
    }

    /** Looks on for a while. */
    void look(Duration time) {
        Deadline deadline = world.time().after(time);
        while (take(deadline).isPresent()) {}
    }

    /** Takes one; empty when none has come in time. */
    Optional<Seen> take(Deadline deadline) {
        Optional<Seen> taken = box.take(deadline);
        taken.ifPresent(seen -> {
            ladder.draw(seen);
            all.add(seen);
            unclaimed.add(seen);
            if (seen instanceof Seen.Noticed noticed) {
                listen(noticed);
            }
        });
        return taken;
    }

    private void listen(Seen.Noticed noticed) {
        switch (noticed.event()) {
            case PhoneEvent.Hears(Hearing hearing) -> hearings.put(noticed.phone(), hearing);
            case PhoneEvent.Ended ended -> hearings.remove(noticed.phone());
            default -> {}
        }
    }

    private Hearing hearing(Party party) {
        return hearings.getOrDefault(party, new Hearing(Set.of(), false, false, 0));
    }

    private boolean fits(Map<Party, Set<Party>> wanted) {
        return wanted.entrySet().stream().allMatch(one -> Party.heard(hearing(one.getKey()), one.getValue()));
    }

    private static String describe(Map<Party, Set<Party>> wanted) {
        return wanted.entrySet().stream()
                .map(one -> one.getKey() + " hears " + Party.names(one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String describeHearings(Set<Party> parties) {
        return parties.stream()
                .sorted()
                .map(party -> party + " hears " + Party.heard(hearing(party)))
                .collect(Collectors.joining(", "));
    }

    private String tail() {
        Seen last = unclaimed.getLast();
        return unclaimed.size() + " other things, the last at " + ladder.at(last.nanos()) + " s: "
                + switch (last) {
                    case Seen.Noticed noticed -> noticed.phone() + " " + noticed.event();
                    case Seen.Sip sip -> sip.phone() + " " + teleapi.lab.SipWords.of(sip.message());
                    case Seen.Asked asked -> asked.path();
                    case Seen.Requested requested -> requested.request();
                    case Seen.Replied replied -> replied.status() + " " + replied.body();
                };
    }
}
