package teleapi.call;

import java.util.Optional;
import teleapi.sip.SipSettings;

/**
 * How a switchboard stands in the network.
 *
 * @param trunk where numbers go; without one a call to a number fails
 * @param mostCalls beyond this no call comes in or goes out
 */
public record SwitchboardSettings(SipSettings sip, Optional<Trunk> trunk, int mostCalls) {
    /** Beyond this the answer is 503: what is live must stay good (reference/perf.md part 4, "overload"). */
    public static final int MOST_CALLS = 10_000;
}
