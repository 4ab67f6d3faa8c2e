package teleapi.call;

import java.util.Set;
import teleapi.rcml.HttpMethod;

/**
 * Who is told of a call's progress.
 *
 * @param events which of the four; the usual default is completed alone
 */
public record StatusCallback(String url, HttpMethod method, Set<Event> events) {
    public StatusCallback {
        events = Set.copyOf(events);
    }

    /** What one can subscribe to. */
    public enum Event {
        INITIATED("initiated"),
        RINGING("ringing"),
        ANSWERED("answered"),
        COMPLETED("completed");

        private final String text;

        Event(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
