package teleapi.rest.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Directory;

/**
 * From a path to a resource and what is to be done with it.
 *
 * <pre>
 * Shape   segments are unreserved characters only; .json at the end of any of them asks for JSON
 * Thread  any; not changed after it is made
 * Errors  Refused 404, the same for what does not exist and what is another account's; 405 with Allow
 * Source  CONTRACT section 2; reliability.md A8
 * </pre>
 */
final class Router {
    /** The deepest resource has eight; more is no path of ours. */
    private static final int MOST_SEGMENTS = 12;

    private static final String JSON = ".json";

    private final List<Route> routes;
    private final Directory directory;

    /**
     * Where a path leads.
     *
     * @param segments below Accounts
     */
    record Place(Dialect dialect, boolean json, List<String> segments) {}

    /** A method of a resource of an account. */
    record Found(
            Account account,
            Map<String, String> path,
            Function<Ask, Reply> action,
            Function<Ask, Optional<Folding>> folding) {}

    Router(List<Route> routes, Directory directory) {
        this.routes = List.copyOf(routes);
        this.directory = directory;
    }

    /** Empty when it is not below one of the two bases. */
    static Optional<Place> place(String path) {
        for (Dialect dialect : Dialect.values()) {
            String start = dialect.base() + "/";
            if (path.startsWith(start)) {
                List<String> segments = new ArrayList<>();
                boolean json = dialect == Dialect.SDK;
                for (String segment : path.substring(start.length()).split("/", MOST_SEGMENTS)) {
                    boolean suffix = segment.endsWith(JSON);
                    json |= suffix;
                    segments.add(suffix ? segment.substring(0, segment.length() - JSON.length()) : segment);
                }
                if (segments.getLast().isEmpty() && segments.size() > 1) {
                    segments.removeLast();
                }
                boolean below = segments.getFirst().equals("Accounts");
                return Optional.of(
                        new Place(dialect, json, below ? segments.subList(1, segments.size()) : List.of("")));
            }
        }
        return Optional.empty();
    }

    Found find(Place place, String method, Account sender) {
        List<String> segments = place.segments();
        Account account = segments.isEmpty() ? sender : account(segments.getFirst(), sender);
        for (Route route : routes) {
            Optional<Map<String, String>> open = route.match(segments);
            if (open.isPresent()) {
                // RFC 9110 §9.3.2: HEAD is GET without the content, which the front leaves out.
                Function<Ask, Reply> action = route.methods().get(method.equals("HEAD") ? "GET" : method);
                if (action == null) {
                    throw new MethodNotAllowed(route.allowed());
                }
                return new Found(account, open.get(), action, route.folding());
            }
        }
        throw Refused.with(Code.NOT_FOUND);
    }

    private Account account(String text, Account sender) {
        return Sid.parse(Sid.ACCOUNT, text)
                .flatMap(directory::account)
                .filter(found ->
                        found.sid().equals(sender.sid()) || found.parent().equals(Optional.of(sender.sid())))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    /** 405 must say what is allowed (RFC 9110 §15.5.6). */
    static final class MethodNotAllowed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String allow;

        MethodNotAllowed(String allow) {
            super("405", null, false, false);
            this.allow = allow;
        }

        Reply reply() {
            return Refused.with(Code.METHOD_NOT_ALLOWED).reply().header("Allow", allow);
        }
    }
}
