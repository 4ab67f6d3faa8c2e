package teleapi.call;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import teleapi.call.webhook.Urls;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.LegOptions;

/**
 * Who is told of a call's progress.
 *
 * @param events which of the four; the usual default is completed alone
 */
public record StatusCallback(String url, HttpMethod method, Set<Event> events) {
    public StatusCallback {
        events = Set.copyOf(events);
    }

    /** What a noun of a Dial wants told of its leg; empty when that is nothing, or its URL is none. */
    static Optional<StatusCallback> of(LegOptions options, String baseUrl) {
        return options.statusCallback()
                .flatMap(url -> Urls.resolve(baseUrl, url))
                .map(url -> new StatusCallback(
                        url,
                        options.statusCallbackMethod(),
                        Set.of(Event.values()).stream()
                                .filter(event -> options.statusCallbackEvents().contains(event.text()))
                                .collect(Collectors.toSet())));
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
