package teleapi.sip.message;

import java.util.Map;
import java.util.Optional;

/**
 * A dialog, as seen by its end that this is sent to.
 *
 * <pre>
 * Source  RFC 3891 §6.1
 * </pre>
 *
 * @param toTag the tag of the end that this is sent to
 * @param fromTag the tag of the other end
 * @param earlyOnly whether it is meant only as long as it is not answered
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
    /** The longest that is read: a Call-ID and two tags. */
    private static final int LONGEST = 1_024;

    /** Reads the value of the header, unescaped; empty when it is none. */
    public static Optional<Replaces> parse(String text) {
        int semicolon = text.indexOf(';');
        if (semicolon <= 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        String callId = text.substring(0, semicolon).trim();
        Map<String, String> parameters = Parameters.parse(text, semicolon);
        if (parameters == null || callId.isEmpty() || callId.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        String to = parameters.getOrDefault("to-tag", "");
        String from = parameters.getOrDefault("from-tag", "");
        return to.isEmpty() || from.isEmpty()
                ? Optional.empty()
                : Optional.of(new Replaces(callId, to, from, parameters.containsKey("early-only")));
    }

    /** Whether it is the same dialog, early or not. */
    public boolean means(Replaces other) {
        return callId.equals(other.callId) && toTag.equals(other.toTag) && fromTag.equals(other.fromTag);
    }

    /** As it stands in the header. */
    @Override
    public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }
}
