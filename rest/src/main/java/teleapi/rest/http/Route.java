package teleapi.rest.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A resource's place below {@code Accounts}, and what can be done there.
 *
 * @param pattern segments: {@code Calls}, or {@code {Call}} for one that is left open
 * @param folding of its POST; empty for one whose repeats are done again
 */
public record Route(
        List<String> pattern, Map<String, Function<Ask, Reply>> methods, Function<Ask, Optional<Folding>> folding) {
    public Route {
        pattern = List.copyOf(pattern);
    }

    public static Route at(String pattern) {
        return new Route(
                pattern.isEmpty() ? List.of() : List.of(pattern.split("/", -1)),
                new LinkedHashMap<>(),
                ask -> Optional.empty());
    }

    public Route on(String method, Function<Ask, Reply> action) {
        Map<String, Function<Ask, Reply>> more = new LinkedHashMap<>(methods);
        more.put(method, action);
        return new Route(pattern, more, folding);
    }

    public Route folding(Function<Ask, Optional<Folding>> how) {
        return new Route(pattern, methods, how);
    }

    /** What stands in the open segments, when this path is one of the resource's. */
    Optional<Map<String, String>> match(List<String> segments) {
        if (segments.size() != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> open = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String wanted = pattern.get(i);
            if (wanted.startsWith("{")) {
                open.put(wanted.substring(1, wanted.length() - 1), segments.get(i));
            } else if (!wanted.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(open);
    }

    String allowed() {
        return String.join(", ", methods.keySet());
    }
}
