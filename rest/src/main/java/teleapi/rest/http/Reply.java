package teleapi.rest.http;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is answered.
 *
 * @param headers besides Content-Type and Content-Length
 */
public record Reply(int status, Map<String, String> headers, Body body) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** What stands in it. */
    public sealed interface Body {
        record Empty() implements Body {}

        /** As it is, in a format of its own: /metrics. */
        record Plain(String contentType, String text) implements Body {}

        /** A part of a file. */
        record Part(String contentType, Path file, long from, long length) implements Body {}

        /** Without an end: events as they come. {@code stream} returns when the outlet says so, or when there is nothing more. */
        record Streamed(String contentType, Consumer<Outlet> stream) implements Body {}

        /**
         * A description, to be rendered.
         *
         * @param element its XML element
         */
        record Described(String element, Fields fields) implements Body {}

        /** A description in JSON whatever is asked for: /health. */
        record Json(Fields fields) implements Body {}

        /**
         * A page of a list.
         *
         * @param element the XML element around it
         */
        record Listed(String element, Listing listing) implements Body {}
    }

    public static Reply described(int status, String element, Fields fields) {
        return new Reply(status, Map.of(), new Body.Described(element, fields));
    }

    public static Reply listed(String element, Listing listing) {
        return new Reply(200, Map.of(), new Body.Listed(element, listing));
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new Body.Empty());
    }

    public static Reply error(int status, int code, String message) {
        Fields fields = new Fields()
                .count("code", code)
                .text("message", message)
                .text("more_info", moreInfo(code))
                .count("status", status);
        return described(status, "RestException", fields);
    }

    /** Where the code is explained; served by ourselves. */
    public static String moreInfo(int code) {
        return "/docs/errors.md#" + code;
    }

    /** It says that nothing was done, so that the same may be tried again, corrected or not. */
    boolean nothingDone() {
        return switch (status) {
            case 400, 401, 403, 404, 405, 412, 413, 415, 429, 503 -> true;
            default -> false;
        };
    }

    /** Something of ours broke: it may have been done or not. */
    boolean openWhetherDone() {
        return status == Code.INTERNAL.status();
    }

    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }
}
