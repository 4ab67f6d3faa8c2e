package teleapi.call.directory;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/** A queue of an account by name, whether anybody waits in it or not. */
public record QueueSettings(
        Sid sid, Sid accountSid, String friendlyName, int maxSize, Instant dateCreated, Instant dateUpdated) {
    /** More than an account has teams, languages and products. Each stays until it is deleted, and a document can name any. */
    public static final int MOST = 1_000;

    /** The account has so many. */
    public static final int TOO_MANY = 29443;

    /** The same, with what is given changed. */
    public QueueSettings with(Optional<String> name, Optional<Integer> size, Instant now) {
        return new QueueSettings(sid, accountSid, name.orElse(friendlyName), size.orElse(maxSize), dateCreated, now);
    }
}
