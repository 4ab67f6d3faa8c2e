package teleapi.sip.registrar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import teleapi.runtime.Loop;
import teleapi.runtime.Published;
import teleapi.runtime.Time;
import teleapi.sip.Contact;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;
import teleapi.sip.transaction.Timers;
import teleapi.sip.transport.Path;

/**
 * Who can be reached where, now.
 *
 * <pre>
 * Thread  register: the SIP worker that owns it. contacts: any
 * Source  RFC 3261 §10.3
 * </pre>
 */
public final class Registrar {
    // Owned by the first SIP worker; what it publishes is read by everyone.
    /** Readers see one map of these: a change copies a small map instead of everybody's. */
    private static final int SHARDS = 256;

    private static final long SECOND = 1_000_000_000L;

    private final Time time;
    private final Map<String, Registrant> registrants = new HashMap<>();
    private final List<Published<Map<String, List<Contact>>>> published;
    private int bindings;

    private record Registrant(List<Binding> bindings, Loop.Timer expiry) {}

    public Registrar(Time time) {
        this.time = time;
        this.published = IntStream.range(0, SHARDS)
                .mapToObj(shard -> new Published<Map<String, List<Contact>>>(Map.of()))
                .toList();
    }

    /** Where {@code user} can be reached, the most recent first. */
    public List<Contact> contacts(String user) {
        return shard(user).get().getOrDefault(user, List.of());
    }

    /** How many contacts are bound. */
    public int size() {
        return bindings;
    }

    /** A REGISTER of {@code user}, who has proved to be it. What is bound afterwards is in {@link #lines}. */
    public Registering.Outcome register(String user, SipRequest request, Path path, SipUri self, Timers timers) {
        Registering.Outcome outcome = Registering.register(alive(user), request, path, self, time.nanos());
        switch (outcome) {
            case Registering.Outcome.Bound bound -> keep(user, bound.bindings(), timers);
            case Registering.Outcome.Refused _ -> {}
        }
        return outcome;
    }

    /** The Contact lines of a 200 (RFC 3261 §10.3 step 8). */
    public List<Header> lines(List<Binding> bound) {
        List<Header> lines = new ArrayList<>(bound.size());
        long now = time.nanos();
        for (Binding binding : bound) {
            long seconds = Math.max(0, (binding.expires() - now + SECOND - 1) / SECOND);
            lines.add(new Header("Contact", "<" + binding.contact().uri() + ">;expires=" + seconds));
        }
        return lines;
    }

    private List<Binding> alive(String user) {
        Registrant registrant = registrants.get(user);
        if (registrant == null) {
            return List.of();
        }
        long now = time.nanos();
        return registrant.bindings().stream()
                .filter(binding -> binding.expires() > now)
                .toList();
    }

    private void keep(String user, List<Binding> next, Timers timers) {
        Registrant before = registrants.get(user);
        bindings += next.size() - (before == null ? 0 : before.bindings().size());
        if (next.isEmpty()) {
            registrants.remove(user);
            Optional.ofNullable(before).ifPresent(old -> old.expiry().cancel());
        } else {
            Loop.Timer timer = before == null ? timers.timer(() -> keep(user, alive(user), timers)) : before.expiry();
            registrants.put(user, new Registrant(next, timer));
            timer.at(next.stream().mapToLong(Binding::expires).min().orElseThrow());
        }
        publish(user, next.stream().map(Binding::contact).toList());
    }

    private void publish(String user, List<Contact> contacts) {
        Published<Map<String, List<Contact>>> shard = shard(user);
        if (shard.get().getOrDefault(user, List.of()).equals(contacts)) {
            return;
        }
        Map<String, List<Contact>> next = new HashMap<>(shard.get());
        if (contacts.isEmpty()) {
            next.remove(user);
        } else {
            next.put(user, contacts);
        }
        shard.set(Map.copyOf(next));
    }

    private Published<Map<String, List<Contact>>> shard(String user) {
        return published.get(Math.floorMod(user.hashCode(), SHARDS));
    }
}
