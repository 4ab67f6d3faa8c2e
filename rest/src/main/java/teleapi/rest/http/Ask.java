package teleapi.rest.http;

import java.util.List;
import java.util.Map;
import teleapi.call.directory.Account;

/**
 * A request whose sender is known, read to its end.
 *
 * @param account whose resources are meant: the sender's own, or a sub-account of his
 * @param path the segments that the route left open, by name
 * @param headers the few that matter, by lower-case name; the first value
 * @param target path and query as they came, and the body, for comparing requests
 */
public record Ask(
        String method,
        Dialect dialect,
        Format format,
        Account sender,
        Account account,
        Map<String, String> path,
        Form query,
        Form body,
        Map<String, String> headers,
        String target,
        byte[] bytes) {
    /** A parameter of the body. */
    public Parameters parameters() {
        return new Parameters(body);
    }

    /** A filter of a list. */
    public Parameters filters() {
        return new Parameters(query);
    }

    public String segment(String name) {
        return path.getOrDefault(name, "");
    }

    /** The base of the account's resources in this dialect. */
    public String base() {
        return dialect.base() + "/Accounts/" + account.sid();
    }

    /** The URI of one of them, in the same format. */
    public String uri(String resource) {
        return base() + "/" + resource + format.suffix();
    }

    public List<String> header(String name) {
        String value = headers.get(name);
        return value == null ? List.of() : List.of(value);
    }
}
