package teleapi.media.sdp;

import java.util.List;
import java.util.Optional;

/** Which way sound goes, seen from the one whose description says it (RFC 8866 §6.7). */
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    public boolean sends() {
        return sends;
    }

    public boolean receives() {
        return receives;
    }

    /** The most that the other side may say to this (RFC 3264 §6.1). */
    public Direction mirrored() {
        return of(/* sends= */ receives, /* receives= */ sends);
    }

    /** What both allow. */
    public Direction and(Direction other) {
        return of(sends && other.sends, receives && other.receives);
    }

    public String word() {
        return switch (this) {
            case SENDRECV -> "sendrecv";
            case SENDONLY -> "sendonly";
            case RECVONLY -> "recvonly";
            case INACTIVE -> "inactive";
        };
    }

    /** The section's word, else the session's, else both ways (RFC 8866 §6.7). */
    static Direction of(SessionDescription description, MediaDescription section) {
        return in(section.attributes()).or(() -> in(description.attributes())).orElse(SENDRECV);
    }

    private static Optional<Direction> in(List<Attribute> attributes) {
        return attributes.stream()
                .flatMap(attribute -> named(attribute.name()).stream())
                .findFirst();
    }

    private static Optional<Direction> named(String word) {
        return switch (word) {
            case "sendrecv" -> Optional.of(SENDRECV);
            case "sendonly" -> Optional.of(SENDONLY);
            case "recvonly" -> Optional.of(RECVONLY);
            case "inactive" -> Optional.of(INACTIVE);
            default -> Optional.empty();
        };
    }

    private static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }
}
