package teleapi.call.script;

import java.time.Duration;
import java.util.Optional;
import teleapi.call.Bridged;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallEvent.FollowerPrepared;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Leader;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.Sid;

/**
 * The first thing a call does whose INVITE had Replaces: takes the place of another one in its bridge, which ends then.
 *
 * <pre>
 * Thread  the call's
 * Source  RFC 3891 §3; ADR-0018
 * </pre>
 */
final class TakingPlace {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final EndReason GONE =
            new EndReason(CallStatus.FAILED, EndReason.Cause.ERROR, 481, "nobody is there whose place could be taken");

    private final Script script;
    private final Call call;
    private final NewDocument.Bridge bridge;

    TakingPlace(Script script, NewDocument.Bridge bridge) {
        this.script = script;
        this.call = script.call;
        this.bridge = bridge;
    }

    Next run() throws Interruption {
        Call other = bridge.other();
        Optional<Call> leaving = other.bridged().map(Bridged::other);
        if (leaving.isEmpty()) {
            return new Next.End(GONE);
        }
        Leader leader = event -> led(event, leaving.get());
        leaving.get().post(new CallEvent.StandAside(bridge.sid()));
        var along = new CallEvent.MoveAlong(
                bridge.sid(),
                script.switchboard.acceptance().number(),
                new NewDocument.Bridge(bridge.sid(), call),
                Redirect.Mode.REPLACE,
                leader);
        boolean goes = false;
        try {
            goes = other.post(along) && prepared();
        } finally {
            if (!goes) {
                other.post(new CallEvent.MoveOff(bridge.sid(), 0, "the call that was to come has ended"));
                leaving.get().post(new CallEvent.TransferTold(bridge.sid(), 487));
            }
        }
        if (!goes) {
            return new Next.End(GONE);
        }
        script.answer();
        other.post(new CallEvent.MoveNow(bridge.sid()));
        return new Next.Bridge(bridge.sid(), other);
    }

    private boolean prepared() throws Interruption {
        Optional<CallEvent> answer = script.await(
                script.time.after(PATIENCE),
                event -> event instanceof CallEvent.PlaceReady ready
                        && ready.bridge().equals(bridge.sid()));
        return answer.filter(event -> event instanceof CallEvent.PlaceReady(Sid _, boolean yes) && yes)
                .isPresent();
    }

    /** On the thread of the one that is led. */
    private boolean led(CallEvent event, Call leaving) {
        return switch (event) {
            case FollowerPrepared prepared -> {
                boolean ready = prepared.prepared() == FollowerPrepared.Prepared.READY;
                if (!ready) {
                    leaving.post(new CallEvent.TransferTold(bridge.sid(), 503));
                }
                yield call.post(new CallEvent.PlaceReady(bridge.sid(), ready));
            }
            case CallEvent.FollowerMoved moved -> leaving.post(new CallEvent.TransferTold(bridge.sid(), 200));
            default -> false;
        };
    }
}
