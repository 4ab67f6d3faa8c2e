package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Sid;

/**
 * Unwinds whatever verb runs, up to the loop, which does {@link #next}. It cuts in only where a call waits, in {@link Script#await};
 * besides, it ends a call whose own ringing came to nothing.
 */
final class Interruption extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Next next;

    private final boolean ofOverlay;
    private final transient Optional<Sid> modification;

    Interruption(Next next) {
        this(next, false, Optional.empty());
    }

    private Interruption(Next next, boolean ofOverlay, Optional<Sid> modification) {
        super(next.toString(), null, false, false);
        this.next = next;
        this.ofOverlay = ofOverlay;
        this.modification = modification;
    }

    /** What a modification asked for cuts in. */
    static Interruption by(Sid modification, Next next) {
        return new Interruption(next, false, Optional.of(modification));
    }

    /** Unwinds the document that runs over the call, and no more. */
    static Interruption ofOverlay(Next next) {
        return new Interruption(next, true, Optional.empty());
    }

    boolean ofOverlay() {
        return ofOverlay;
    }

    Next next() {
        return next;
    }

    /** What it means to the legs of a Dial that it cuts off. */
    EndReason toConnected() {
        return switch (next) {
            case Next.End end -> end.reason().toConnected();
            case Next.Exhausted exhausted -> exhausted.reason().toConnected();
            case Next.Begin begin -> EndReason.PEER_LEFT;
            case Next.Fetch fetch -> EndReason.PEER_LEFT;
            case Next.FallBack fallBack ->
                EndReason.error(fallBack.error().reason()).toConnected();
            case Next.Run run -> redirected();
            case Next.Bridge bridge -> redirected();
        };
    }

    private EndReason redirected() {
        return new EndReason(
                CallStatus.CANCELED, EndReason.Cause.API, 603, "the other leg was redirected", modification);
    }

    /** CONTRACT section 2 and ADR-0013: what the action of the verb is told that it cuts off. */
    Map<String, String> told() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("Interrupted", redirect() ? "redirect" : "ended");
        toConnected().modification().ifPresent(sid -> parameters.put("ModificationSid", sid.text()));
        return parameters;
    }

    /** Something new cut in, and the call goes on. */
    boolean redirect() {
        return switch (next) {
            case Next.Run run -> true;
            case Next.Bridge bridge -> true;
            case Next.FallBack fallBack -> true;
            case Next.Begin begin -> false;
            case Next.Fetch fetch -> false;
            case Next.Exhausted exhausted -> false;
            case Next.End end -> false;
        };
    }
}
