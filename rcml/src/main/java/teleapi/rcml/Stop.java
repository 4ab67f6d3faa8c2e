package teleapi.rcml;

import java.util.List;

/** Ends streams that a Start, or the API, has begun, by their names. */
public record Stop(Position position, List<String> names) implements Verb {
    public Stop {
        names.forEach(name -> Checked.length("name of Stream", name, 1, Stream.MAX_NAME));
        names = List.copyOf(names);
    }
}
