package teleapi.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A WHERE clause: columns are constants of this module, values are always bound. Filled by the thread that made it. */
final class Conditions {
    private final List<String> clauses = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    Conditions equal(String column, Object value) {
        return and(column, "=", value);
    }

    Conditions equal(String column, Optional<String> value) {
        // U+0000 is in no stored text, and PostgreSQL refuses to compare with it.
        return value.isPresent() ? and(column, "=", value.get().replace("\0", "\uFFFD")) : this;
    }

    Conditions from(String column, Optional<Instant> value) {
        return value.isPresent() ? and(column, ">=", Row.utc(value.get())) : this;
    }

    Conditions before(String column, Optional<Instant> value) {
        return value.isPresent() ? and(column, "<", Row.utc(value.get())) : this;
    }

    /** A part of it, in any case; what LIKE would read as more than itself is escaped. */
    Conditions contains(String column, Optional<String> value) {
        if (value.isEmpty()) {
            return this;
        }
        String part = value.get()
                .replace("\0", "\uFFFD")
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        String name = bound("%" + part + "%");
        // Both sides are lowered by the same rules, the database's.
        clauses.add("LOWER(" + column + ") LIKE LOWER(:" + name + ") ESCAPE '!'");
        return this;
    }

    String where() {
        return clauses.isEmpty() ? "" : " WHERE " + String.join(" AND ", clauses);
    }

    Map<String, Object> values() {
        return values;
    }

    private Conditions and(String column, String operator, Object value) {
        String name = bound(value);
        clauses.add(column + " " + operator + " :" + name);
        return this;
    }

    private String bound(Object value) {
        String name = "p" + values.size();
        values.put(name, value);
        return name;
    }
}
