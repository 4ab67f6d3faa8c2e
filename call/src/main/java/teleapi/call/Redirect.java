package teleapi.call;

import java.util.Optional;

/**
 * The document that a live call is to run, and what becomes of the leg that it is connected to.
 *
 * @param document what this leg runs
 * @param mode in place of what runs, or over it
 * @param connected the other leg's fate
 */
public record Redirect(NewDocument document, Mode mode, Connected connected) {
    public static Redirect to(NewDocument document) {
        return new Redirect(document, Mode.REPLACE, new Connected.Usual());
    }

    /** Whether what runs ends. */
    public enum Mode {
        /** The running verb ends, the document takes its place. */
        REPLACE,
        /** The document runs over it; then the call is again in the bridge, conference or verb it was in. */
        OVERLAY
    }

    /** What becomes of the connected leg. */
    public sealed interface Connected {
        /** A dialled leg is hung up when its parent is redirected; a parent whose dialled leg is redirected goes on after its Dial. */
        record Usual() implements Connected {}

        /** It is hung up. */
        record HangUp() implements Connected {}

        /** It goes on: a parent after its Dial; a dialled leg, which has nothing to go on with, waits in silence. */
        record GoOn() implements Connected {}

        /** It waits with music until it is modified or hangs up. */
        record Hold() implements Connected {}

        /**
         * It runs a document, too; both switch together.
         *
         * @param required whether it is an error that no leg is connected
         */
        record Run(NewDocument document, boolean required) implements Connected {}
    }

    /** The document that the connected leg is to prepare; empty when its fate needs none. */
    public Optional<NewDocument> connectedDocument() {
        return connected instanceof Connected.Run run ? Optional.of(run.document()) : Optional.empty();
    }
}
