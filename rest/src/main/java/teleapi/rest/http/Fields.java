package teleapi.rest.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A description of something: named values in order, written once and rendered for every dialect and format.
 *
 * <pre>
 * Shape   names in snake_case, as JSON writes them; XML makes CamelCase of them
 * Thread  the one that makes it; not changed afterwards
 * </pre>
 */
public final class Fields {
    /**
     * One of them.
     *
     * @param extra not shown to SDKs, whose list of keys is fixed
     */
    public record Field(String name, Value value, boolean extra) {}

    private final List<Field> fields = new ArrayList<>();

    public Fields text(String name, String text) {
        return with(name, new Value.Text(text));
    }

    public Fields text(String name, Optional<String> text) {
        return text.isPresent() ? text(name, text.get()) : nothing(name);
    }

    public Fields nothing(String name) {
        return with(name, new Value.Nothing());
    }

    public Fields flag(String name, boolean flag) {
        return with(name, new Value.Flag(flag));
    }

    public Fields count(String name, long count) {
        return with(name, new Value.Count(count));
    }

    public Fields quantity(String name, Optional<Long> count) {
        return with(name, count.<Value>map(Value.Quantity::new).orElseGet(Value.Nothing::new));
    }

    public Fields date(String name, Instant instant) {
        return with(name, new Value.Date(instant));
    }

    public Fields moment(String name, Optional<Instant> instant) {
        return with(name, instant.<Value>map(Value.Moment::new).orElseGet(Value.Nothing::new));
    }

    public Fields group(String name, Fields group) {
        return with(name, new Value.Group(group));
    }

    public Fields with(String name, Value value) {
        fields.add(new Field(name, value, false));
        return this;
    }

    /** What only our own dialect shows. */
    public Fields extra(String name, Value value) {
        fields.add(new Field(name, value, true));
        return this;
    }

    public List<Field> list(Dialect dialect) {
        return fields.stream()
                .filter(field -> dialect == Dialect.NATIVE || !field.extra())
                .toList();
    }
}
