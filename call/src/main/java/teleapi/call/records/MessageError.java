package teleapi.call.records;

import java.util.Optional;

/** Why a message did not arrive, with the number that clients see; docs/errors.md has a paragraph for each. */
public enum MessageError {
    OVERFLOW(30001, "Too many messages are on their way"),
    UNREACHABLE(30003, "Nobody can be reached there"),
    BLOCKED(30004, "The message was refused"),
    UNKNOWN_DESTINATION(30005, "Nobody is known there"),
    NO_TEXT(30006, "No text can be taken there"),
    UNKNOWN(30008, "Unknown error");

    private final int number;
    private final String title;

    MessageError(int number, String title) {
        this.number = number;
        this.title = title;
    }

    public int number() {
        return number;
    }

    public String title() {
        return title;
    }

    public static Optional<MessageError> of(int number) {
        for (MessageError error : values()) {
            if (error.number == number) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }
}
