package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.Origin;
import teleapi.call.Sid;
import teleapi.sip.DialogEvent;

/**
 * Unwinds whatever verb runs, up to the loop, which does {@link #next}. It cuts in only where a call waits, in {@link Script#await};
 * besides, a verb that finds it cannot go on throws it itself.
 */
final class Interruption extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Next next;

    private final boolean ofOverlay;
    private final transient Optional<NewDocument.Fetch> fallback;
    private final transient Optional<Sid> modification;

    Interruption(Next next) {
        this(next, false, Optional.empty(), Optional.empty());
    }

    private Interruption(
            Next next, boolean ofOverlay, Optional<NewDocument.Fetch> fallback, Optional<Sid> modification) {
        super(next.toString(), null, false, false);
        this.next = next;
        this.ofOverlay = ofOverlay;
        this.fallback = fallback;
        this.modification = modification;
    }

    /** The far end has left, or is lost. */
    static Interruption byFarEnd(Call call, DialogEvent.Ended ended) {
        EndReason.Cause cause = switch (ended.by()) {
            case FAR_END -> call.origin() instanceof Origin.Inbound ? EndReason.Cause.CALLER : EndReason.Cause.CALLEE;
            case US -> EndReason.Cause.API;
            case FAILURE -> EndReason.Cause.ERROR;
        };
        return new Interruption(new Next.End(new EndReason(CallStatus.COMPLETED, cause, 487, ended.reason())));
    }

    /** What a modification asked for cuts in. */
    static Interruption by(Sid modification, Next next) {
        return new Interruption(next, false, Optional.empty(), Optional.of(modification));
    }

    /** Unwinds the document that runs over the call, and no more; the next one has this fallback. */
    static Interruption ofOverlay(Next next, Optional<NewDocument.Fetch> fallback) {
        return new Interruption(next, true, fallback, Optional.empty());
    }

    boolean ofOverlay() {
        return ofOverlay;
    }

    Next next() {
        return next;
    }

    /** Of the document that runs over the call now. */
    Optional<NewDocument.Fetch> fallback() {
        return fallback;
    }

    /** What it means to the legs of a Dial that it cuts off. */
    EndReason toConnected() {
        return switch (next) {
            case Next.End end -> end.reason().toConnected();
            case Next.Exhausted exhausted -> exhausted.reason().toConnected();
            case Next.Begin begin -> EndReason.PEER_LEFT;
            case Next.Fetch fetch -> EndReason.PEER_LEFT;
            case Next.Leave leave -> EndReason.PEER_LEFT;
            case Next.CutShort cut -> EndReason.PEER_LEFT;
            case Next.Transfer transfer -> EndReason.PEER_LEFT;
            case Next.Transferred transferred -> EndReason.PEER_LEFT;
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
        boolean transfer = next instanceof Next.Transfer || next instanceof Next.Transferred;
        parameters.put("Interrupted", transfer ? "transfer" : redirect() ? "redirect" : "ended");
        toConnected().modification().ifPresent(sid -> parameters.put("ModificationSid", sid.text()));
        return parameters;
    }

    /** The party hung up. */
    boolean hungUp() {
        return next instanceof Next.End(EndReason reason)
                && (reason.cause() == EndReason.Cause.CALLER || reason.cause() == EndReason.Cause.CALLEE);
    }

    /** Something new cut in, and the call goes on. */
    boolean redirect() {
        return switch (next) {
            case Next.Run run -> true;
            case Next.Bridge bridge -> true;
            case Next.FallBack fallBack -> true;
            case Next.Transfer transfer -> true;
            case Next.Transferred transferred -> false;
            case Next.Begin begin -> false;
            case Next.Fetch fetch -> false;
            case Next.Leave leave -> false;
            case Next.CutShort cut -> false;
            case Next.Exhausted exhausted -> false;
            case Next.End end -> false;
        };
    }
}
