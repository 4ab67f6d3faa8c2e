package teleapi.rcml;

import java.util.List;

/** Begins to stream and goes on with the next verb; the streams go on until they are stopped or the call ends. A Stream that stands alone is one of these. */
public record Start(Position position, List<Stream> streams) implements Verb {
    public Start {
        streams = List.copyOf(streams);
    }
}
