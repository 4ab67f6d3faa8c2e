package teleapi.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user agent serves: the verdict of its core on a request before any dialog sees it.
 *
 * <pre>
 * Shape   method, then Request-URI scheme, hops, extensions, body: the order of the RFC
 * Source  RFC 3261 §8.2.1 to §8.2.3, §16.3
 * </pre>
 *
 * @param methods served; for Allow
 * @param extensions option tags understood
 * @param bodies media types understood, lower case
 */
public record RequestRules(Set<String> methods, Set<String> extensions, Set<String> bodies) {
    private static final Set<String> STANDARD = Set.of(
            "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "INFO", "MESSAGE", "NOTIFY", "PRACK", "PUBLISH", "REFER", "SUBSCRIBE", "UPDATE");

    /** Empty: serve it. An ACK is never answered: one with a refusal is to be dropped. */
    public Optional<Refusal> refusal(SipRequest request) {
        if (!methods.contains(request.method())) {
            int status = STANDARD.contains(request.method()) ? 405 : 501;
            return Optional.of(Refusal.of(status, new Header("Allow", list(methods))));
        }
        if (request.uri().isEmpty()) {
            return Optional.of(Refusal.of(416));
        }
        if (request.maxForwards().orElse(70) == 0 && !request.method().equals("REGISTER") && !request.method().equals("OPTIONS")) {
            return Optional.of(Refusal.of(483));
        }
        List<String> unsupported = new ArrayList<>(request.headers("Require"));
        unsupported.removeAll(extensions);
        // §8.2.2.3: Require in ACK and CANCEL is to be ignored
        boolean bound = !request.method().equals("ACK") && !request.method().equals("CANCEL");
        if (bound && !unsupported.isEmpty()) {
            return Optional.of(Refusal.of(420, new Header("Unsupported", String.join(", ", unsupported))));
        }
        if (bound && request.body().length > 0 && !bodies.contains(request.contentType().orElse(""))) {
            return Optional.of(Refusal.of(415, new Header("Accept", list(bodies))));
        }
        return Optional.empty();
    }

    private static String list(Set<String> values) {
        return String.join(", ", values.stream().sorted().toList());
    }
}
