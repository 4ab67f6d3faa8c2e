package teleapi.call.script;

import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.EndReason;
import teleapi.call.Sid;
import teleapi.runtime.Deadline;

/**
 * A bridge of two calls that the API joined, until either leaves it.
 *
 * <pre>
 * Thread  the call's; the other call runs one of its own
 * Source  ADR-0008: a bridge stands while both sides want it; ADR-0010
 * </pre>
 */
final class BridgeExecution {
    private final Script script;
    private final Sid bridge;
    private final Call other;

    BridgeExecution(Script script, Next.Bridge wanted) {
        this.script = script;
        this.bridge = wanted.bridge();
        this.other = wanted.other();
    }

    Next run() throws Interruption {
        script.modifications().switched();
        script.answer();
        other.media().ifPresent(script.media()::bridge);
        script.connected(java.util.Optional.of(other), false);
        EndReason leaves = EndReason.PEER_LEFT;
        try {
            script.await(
                    Deadline.NEVER,
                    event -> event instanceof CallEvent.BridgeLeft left
                            && left.bridge().equals(bridge));
        } catch (Interruption interruption) {
            leaves = interruption.toConnected();
            throw interruption;
        } finally {
            script.connected(java.util.Optional.empty(), false);
            script.media().leave();
            other.post(new CallEvent.BridgeLeft(bridge, leaves));
        }
        return new Next.Exhausted(EndReason.PEER_LEFT);
    }
}
