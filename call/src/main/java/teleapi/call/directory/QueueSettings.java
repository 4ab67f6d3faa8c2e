package teleapi.call.directory;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/** A queue of an account by name, whether anybody waits in it or not. */
public record QueueSettings(
        Sid sid, Sid accountSid, String friendlyName, int maxSize, Instant dateCreated, Instant dateUpdated) {
    /** The same, with what is given changed. */
    public QueueSettings with(Optional<String> name, Optional<Integer> size, Instant now) {
        return new QueueSettings(sid, accountSid, name.orElse(friendlyName), size.orElse(maxSize), dateCreated, now);
    }
}
