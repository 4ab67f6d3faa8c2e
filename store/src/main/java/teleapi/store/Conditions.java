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

    String where() {
        return clauses.isEmpty() ? "" : " WHERE " + String.join(" AND ", clauses);
    }

    Map<String, Object> values() {
        return values;
    }

    private Conditions and(String column, String operator, Object value) {
        String name = "p" + values.size();
        clauses.add(column + " " + operator + " :" + name);
        values.put(name, value);
        return this;
    }
}
