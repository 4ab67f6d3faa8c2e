package teleapi.rcml;

import java.util.Optional;

/**
 * A queue of the account by name: the Dial takes out who has waited longest.
 *
 * @param url a document that runs on the one who has waited, before it is joined
 */
public record Queue(Position position, String name, Optional<String> url, HttpMethod method) implements Noun {
    public static final int MAX_NAME = 128;
    public static final int DEFAULT_SIZE = 1_000;
    public static final int MAX_SIZE = 5_000;

    public Queue {
        Checked.length("name of Queue", name, 1, MAX_NAME);
    }
}
