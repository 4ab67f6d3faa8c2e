package teleapi.flows.cells;

import java.util.Map;
import java.util.Set;
import teleapi.lab.phone.PhoneEvent;

/** What can be seen of a cell from outside. */
public sealed interface Seen {
    /** When, on the scale of Time.nanos. */
    long nanos();

    /** A phone has noticed something. */
    record Noticed(Player player, PhoneEvent event, long nanos) implements Seen {}

    /** A packet of sound has come, with these tones. */
    record Packet(Player player, Set<Tone> tones, long nanos) implements Seen {
        public Packet {
            tones = Set.copyOf(tones);
        }
    }

    /** teleapi has asked the application. */
    record Asked(String path, Map<String, String> parameters, long nanos) implements Seen {}
}
