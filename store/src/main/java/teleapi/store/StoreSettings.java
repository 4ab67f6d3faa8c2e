package teleapi.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where things are kept.
 *
 * @param folder of the embedded database; made when it is missing
 * @param url {@code jdbc:postgresql://…}, or empty for the embedded one
 * @param first the account that must exist, if the operator says so
 */
public record StoreSettings(Path folder, Optional<String> url, Optional<FirstAccount> first) {
    /** Sid and token from the environment; the token is a secret and stays out of {@link #toString}. */
    public record FirstAccount(teleapi.call.Sid sid, String authToken) {
        @Override
        public String toString() {
            return "FirstAccount[" + sid + "]";
        }
    }

    /** The URL may hold a password. */
    @Override
    public String toString() {
        return "StoreSettings[" + folder + (url.isPresent() ? ", PostgreSQL" : ", embedded") + "]";
    }
}
