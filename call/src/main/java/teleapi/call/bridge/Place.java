package teleapi.call.bridge;

import java.util.Optional;
import teleapi.call.Sid;

/**
 * What one who has been in a conference leaves to whoever takes its place.
 *
 * @param coaches who alone hears it
 */
public record Place(teleapi.rcml.Conference terms, Optional<Sid> coaches) {}
