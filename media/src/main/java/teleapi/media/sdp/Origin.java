package teleapi.media.sdp;

/**
 * The {@code o=} line: who made this description, and which version of it this is (RFC 8866 §5.2).
 *
 * @param id the same in all descriptions of a session
 * @param version grows with each
 */
public record Origin(String username, String id, String version, String host) {}
