package teleapi.call.records;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One thing that a call took, did or learned.
 *
 * @param number from 1, without gaps
 * @param nanos since the call began
 * @param peer who it came from or went to: caller, callee, application, api, a CallSid, a ConferenceSid; empty when it is the call's own
 * @param what the standard's word where there is one: INVITE, 200, BYE, POST; else a few plain ones
 * @param details by name, as the webhooks write them; neither digits nor secrets (reference/reliability.md M8)
 */
public record JournalEntry(
        long number,
        Instant time,
        long nanos,
        Kind kind,
        Way way,
        String peer,
        String what,
        Map<String, String> details) {
    public JournalEntry {
        details = Map.copyOf(details);
    }

    /** What it is about. */
    public enum Kind {
        SIP("sip"),
        HTTP("http"),
        MEDIA("media"),
        MODIFICATION("modification"),
        STATE("state"),
        SCRIPT("script");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Whether it came to the call, left it, or stayed in it. */
    public enum Way {
        IN("in", "<-"),
        OUT("out", "->"),
        NONE("none", "  ");

        private final String text;
        private final String arrow;

        Way(String text, String arrow) {
            this.text = text;
            this.arrow = arrow;
        }

        public String text() {
            return text;
        }
    }

    /** Details in the order of their names. */
    public Map<String, String> sorted() {
        return new TreeMap<>(details);
    }

    /** One line for people: {@code 12 ms <- INVITE caller To=+15550100}. */
    public String line() {
        String more = sorted().entrySet().stream()
                .map(detail -> " " + detail.getKey() + "=" + detail.getValue())
                .collect(Collectors.joining());
        return nanos / 1_000_000 + " ms " + way.arrow + " " + what + (peer.isEmpty() ? "" : " " + peer) + more;
    }
}
