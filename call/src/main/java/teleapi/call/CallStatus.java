package teleapi.call;

import java.util.Optional;

/** The state of a call as the API tells it. It moves only forward; final states are final. */
public enum CallStatus {
    QUEUED("queued"),
    RINGING("ringing"),
    IN_PROGRESS("in-progress"),
    COMPLETED("completed"),
    BUSY("busy"),
    FAILED("failed"),
    NO_ANSWER("no-answer"),
    CANCELED("canceled");

    private final String text;

    CallStatus(String text) {
        this.text = text;
    }

    /** As the API and the webhooks write it. */
    public String text() {
        return text;
    }

    public boolean ended() {
        return this != QUEUED && this != RINGING && this != IN_PROGRESS;
    }

    public static Optional<CallStatus> of(String text) {
        for (CallStatus status : values()) {
            if (status.text.equals(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
