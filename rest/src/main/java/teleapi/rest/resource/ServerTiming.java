package teleapi.rest.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import teleapi.rest.http.Reply;

/**
 * The header that says how long each part of a modification took.
 *
 * <pre>
 * Units   milliseconds, each since the part before; total since it was accepted
 * Source  W3C Server Timing, section 3
 * </pre>
 */
final class ServerTiming {
    private static final String NAME = "Server-Timing";

    private ServerTiming() {}

    /** @param timings since it was accepted */
    static Reply on(Reply reply, Map<String, Duration> timings) {
        return timings.isEmpty() ? reply : reply.header(NAME, value(timings));
    }

    static String value(Map<String, Duration> timings) {
        var marks = timings.entrySet().stream()
                .sorted(Map.Entry.<String, Duration>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .toList();
        StringBuilder value = new StringBuilder();
        Duration before = Duration.ZERO;
        for (Map.Entry<String, Duration> mark : marks) {
            value.append(metric(mark.getKey(), mark.getValue().minus(before))).append(", ");
            before = mark.getValue();
        }
        return value.append(metric("total", before)).toString();
    }

    private static String metric(String name, Duration duration) {
        return name + ";dur="
                + BigDecimal.valueOf(duration.toNanos(), 6)
                        .setScale(3, RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
