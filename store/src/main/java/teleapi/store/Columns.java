package teleapi.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import teleapi.call.Sid;

/** Reads the columns of one row of a result. */
record Columns(ResultSet row) {
    String text(String column) throws SQLException {
        return row.getString(column);
    }

    Optional<String> maybeText(String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** The one of these whose text it is. */
    <E> E oneOf(E[] values, Function<E, String> text, String column) throws SQLException {
        String kept = row.getString(column);
        for (E value : values) {
            if (text.apply(value).equals(kept)) {
                return value;
            }
        }
        throw new SQLException("unknown " + column + " " + kept);
    }

    Sid sid(String column) throws SQLException {
        return new Sid(row.getString(column));
    }

    Optional<Sid> maybeSid(String column) throws SQLException {
        return maybeText(column).map(Sid::new);
    }

    Instant time(String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    Optional<Instant> maybeTime(String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    Optional<Duration> maybeMillis(String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(value));
    }

    OptionalInt maybeCount(String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    boolean flag(String column) throws SQLException {
        return row.getBoolean(column);
    }

    long count(String column) throws SQLException {
        return row.getLong(column);
    }
}
