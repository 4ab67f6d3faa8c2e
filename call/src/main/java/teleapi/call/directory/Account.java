package teleapi.call.directory;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/**
 * A tenant. The token is a secret: it signs webhooks and opens the API; it is not in {@link #toString}.
 *
 * @param parent the account it is a sub-account of
 */
public record Account(
        Sid sid,
        Optional<Sid> parent,
        String friendlyName,
        String emailAddress,
        boolean active,
        String authToken,
        Instant dateCreated,
        Instant dateUpdated) {
    @Override
    public String toString() {
        return "Account[" + sid + " " + friendlyName + "]";
    }
}
