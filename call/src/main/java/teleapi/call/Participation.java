package teleapi.call;

import java.util.Optional;
import teleapi.rcml.HttpMethod;

/**
 * What is asked of a call as a participant of a conference; absent means unchanged.
 *
 * @param conference the one it must be in; empty: whichever it is in
 * @param coaching whom it coaches
 * @param endsOnExit whether the conference ends when it leaves
 * @param beepsOnExit whether the others hear a beep when it leaves
 * @param waiting what it hears until the conference starts
 * @param moveTo the name of the room it goes to; stands alone
 */
public record Participation(
        Optional<Sid> conference,
        Optional<Coaching> coaching,
        Optional<Boolean> endsOnExit,
        Optional<Boolean> beepsOnExit,
        Optional<Waiting> waiting,
        Optional<String> moveTo) {
    /** Nothing but that it is in this conference. */
    public static Participation in(Sid conference) {
        return new Participation(
                Optional.of(conference),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Who alone hears it. */
    public sealed interface Coaching {
        /** Another participant of the same conference. */
        record Of(Sid call) implements Coaching {}

        /** All hear it. */
        record Nobody() implements Coaching {}
    }

    /** A sound or a document, absolute. */
    public record Waiting(String url, HttpMethod method) {}
}
