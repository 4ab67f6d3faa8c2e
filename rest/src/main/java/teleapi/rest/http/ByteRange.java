package teleapi.rest.http;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which part of a file is asked for. Players ask for one part at a time; what is not one part in bytes is answered with all of it, as the RFC
 * allows.
 *
 * @param from the first octet
 * @param to behind the last
 * @param size of the whole
 */
public record ByteRange(Kind kind, long from, long to, long size) {
    /** What becomes of it. */
    public enum Kind {
        ALL,
        PART,
        NOT_SATISFIABLE
    }

    private static final String UNIT = "bytes=";

    /** Source: RFC 9110 §14.2 and §15.3.7. */
    public static ByteRange of(List<String> header, long size) {
        ByteRange all = new ByteRange(Kind.ALL, 0, size, size);
        if (header.size() != 1 || !header.getFirst().startsWith(UNIT)) {
            return all;
        }
        String range = header.getFirst().substring(UNIT.length()).strip();
        int dash = range.indexOf('-');
        if (dash < 0) {
            return all;
        }
        OptionalLong first = number(range.substring(0, dash));
        OptionalLong last = number(range.substring(dash + 1));
        if (first.isPresent() && (last.isPresent() || dash == range.length() - 1)) {
            long from = first.getAsLong();
            if (last.isPresent() && last.getAsLong() < from) {
                return all;
            }
            return part(from, last.isPresent() ? Math.min(size, last.getAsLong() + 1) : size, size);
        }
        return dash == 0 && last.isPresent() ? part(Math.max(0, size - last.getAsLong()), size, size) : all;
    }

    /** {@code whole}, or its part. */
    public Reply reply(Reply.Body.Part whole) {
        Reply reply = switch (kind) {
            case ALL -> new Reply(200, Map.of(), whole);
            case PART ->
                new Reply(
                        206,
                        Map.of("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size),
                        new Reply.Body.Part(whole.contentType(), whole.file(), from, to - from));
            case NOT_SATISFIABLE -> Reply.empty(416).header("Content-Range", "bytes */" + size);
        };
        return reply.header("Accept-Ranges", "bytes");
    }

    private static ByteRange part(long from, long to, long size) {
        return from < to ? new ByteRange(Kind.PART, from, to, size) : new ByteRange(Kind.NOT_SATISFIABLE, 0, 0, size);
    }

    private static OptionalLong number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
