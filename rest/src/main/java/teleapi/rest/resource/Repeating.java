package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Folding;

/**
 * Which requests are one request sent twice.
 *
 * <pre>
 * Source  ADR-0012
 * </pre>
 */
final class Repeating {
    /** What is heard twice when it is done twice. Redirect, mute, hold and end are what they are however often they are asked for. */
    private static final List<String> HEARD_EACH_TIME =
            List.of("SendDigits", "Play", "Say", "Record", "Mode", "AnnounceUrl");

    private Repeating() {}

    /** Two equal calls may well be meant. */
    static Optional<Folding> creation(Ask ask) {
        return Optional.of(new Folding(Optional.empty(), false));
    }

    static Optional<Folding> modification(Ask ask) {
        boolean harmless =
                HEARD_EACH_TIME.stream().allMatch(name -> ask.body().all(name).isEmpty());
        return Calls.sid(ask).map(Sid::text).map(call -> new Folding(Optional.of(call), harmless));
    }
}
