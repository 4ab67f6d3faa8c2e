package teleapi.call.script;

import java.util.HashSet;
import java.util.Set;

/**
 * What notifications have said of documents that are heard again and again while a call waits; each round would say the same.
 *
 * <pre>
 * Shape   a hundred, then nothing more is said: documents may have another URL in each round
 * Thread  the call's
 * </pre>
 */
final class Told {
    private static final int MOST = 100;

    private final Set<String> said = new HashSet<>();

    /** Whether this is not to be said, as it has been or is one too many. */
    boolean enough(int code, String message, String url) {
        return said.size() == MOST || !said.add(code + " " + url + " " + message);
    }
}
