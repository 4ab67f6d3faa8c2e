package teleapi.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import teleapi.call.Sid;

/** The values of one row by column. Mutable while it is filled, by the thread that made it. */
final class Row {
    /** What is stored of one text: SIP and HTTP limit most of them far below this. */
    private static final int TEXT_LIMIT = 8192;

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Row text(String column, String value) {
        // PostgreSQL refuses U+0000 in any text, and one such caller name would keep a whole batch from being written.
        String storable = value.indexOf('\0') < 0 ? value : value.replace("\0", "");
        return with(column, storable.length() <= TEXT_LIMIT ? storable : storable.substring(0, TEXT_LIMIT));
    }

    Row text(String column, Optional<String> value) {
        return value.isPresent() ? text(column, value.get()) : with(column, null);
    }

    Row sid(String column, Sid value) {
        return with(column, value.text());
    }

    Row sid(String column, Optional<Sid> value) {
        return with(column, value.map(Sid::text).orElse(null));
    }

    Row time(String column, Instant value) {
        return with(column, utc(value));
    }

    Row time(String column, Optional<Instant> value) {
        return with(column, value.map(Row::utc).orElse(null));
    }

    Row millis(String column, Optional<Duration> value) {
        return with(column, value.map(Duration::toMillis).orElse(null));
    }

    Row flag(String column, boolean value) {
        return with(column, value);
    }

    Row count(String column, long value) {
        return with(column, value);
    }

    Row with(String column, @Nullable Object value) {
        values.put(column, value);
        return this;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    /** {@code INSERT}, all columns. */
    String insertInto(String table) {
        return "INSERT INTO " + table + " (" + String.join(", ", values.keySet()) + ") VALUES ("
                + values.keySet().stream().map(column -> ":" + column).collect(Collectors.joining(", ")) + ")";
    }

    /** {@code UPDATE}, all columns but the sid, of the row with that sid. */
    String update(String table) {
        return "UPDATE " + table + " SET "
                + values.keySet().stream()
                        .filter(column -> !column.equals("sid"))
                        .map(column -> column + " = :" + column)
                        .collect(Collectors.joining(", "))
                + " WHERE sid = :sid";
    }

    /** Not a java.sql.Timestamp: that goes through the local zone, whose clock shows one hour of the year twice. */
    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
