package teleapi.media;

/**
 * How near to the peer's ear a playback is: it hears the highest layer that has one. Lower ones wait where they are, and go on later.
 *
 * <pre>
 * Shape   one playback per layer; the order of declaration is the order of height
 * </pre>
 */
public enum Layer {
    /** What the running document plays. */
    VERB,
    /** What is heard while held. */
    HOLD,
    /** What is heard while the other side is away: prepared, moved or fetched. */
    AWAY,
    /** What a document plays that runs over the call and returns to it. */
    OVERLAY
}
