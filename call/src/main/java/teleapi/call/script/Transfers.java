package teleapi.call.script;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import teleapi.call.Bridged;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent;
import teleapi.call.CallMessage;
import teleapi.call.CallStatus;
import teleapi.call.Controls;
import teleapi.call.EndReason;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewDocument;
import teleapi.call.Origin;
import teleapi.call.Redirect;
import teleapi.call.Sid;
import teleapi.call.Transfer;
import teleapi.call.records.CallRecord;
import teleapi.media.Layer;
import teleapi.media.Sound;
import teleapi.rcml.Dial;
import teleapi.rcml.Noun;
import teleapi.rcml.Position;
import teleapi.runtime.Deadline;
import teleapi.sip.DialogEvent;
import teleapi.sip.Referral;

/**
 * A REFER of this call's party, and one of the other party that concerns this call.
 *
 * <p>Who asked waits beside its verb until the other call says what came of it: the bridge stands as it was, and what happens to it meanwhile
 * is kept for the verb. Who is transferred rings the target in the same way. Only when the target has answered does either verb end.
 *
 * <pre>
 * Thread  the call's; called from the one wait
 * Errors  each transfer is told one final status, on every path
 * Source  RFC 3515, RFC 3891, RFC 5589; ADR-0018
 * </pre>
 */
final class Transfers {
    /** Longer than anything rings: who asked waits at most so long. */
    private static final Duration LONGEST = Dial.MAX_TIMEOUT.plusMinutes(1);

    /** A phone that does not answer the last NOTIFY is not waited for. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    /** A transfer that nobody but an application might allow; see docs/errors.md. */
    private static final int NOT_ALLOWED = 29450;

    private static final int PENDING = 491;
    private static final int NOT_NOW = 480;
    private static final EndReason NOT_TRANSFERRED =
            new EndReason(CallStatus.CANCELED, EndReason.Cause.RCML, 603, "the transfer came to nothing");

    private final Script script;
    private final Call call;
    private Optional<NewDocument.Fetch> document = Optional.empty();
    private @Nullable Asked asked;
    private @Nullable Asked aside;
    private @Nullable Trying trying;

    /** A transfer that other calls carry out, and what is known of it. */
    private static final class Asked {
        final Sid sid;
        boolean accepted;
        boolean told;
        int status;

        Asked(Sid sid) {
            this.sid = sid;
        }

        boolean over() {
            return status >= 200;
        }

        boolean succeeded() {
            return over() && status < 300;
        }
    }

    /** The target is being rung. */
    private static final class Trying {
        final Transfer transfer;
        final Set<Call> ringing = new LinkedHashSet<>();
        Optional<Call> winner = Optional.empty();
        int failure = NOT_NOW;
        boolean cutShort;

        Trying(Transfer transfer) {
            this.transfer = transfer;
        }

        boolean goesOn() {
            return winner.isEmpty() && !ringing.isEmpty() && !cutShort;
        }
    }

    Transfers(Script script) {
        this.script = script;
        this.call = script.call;
    }

    /** What decides about a REFER of either side of the bridge that stands: the referUrl of its Dial. */
    void decidedBy(Optional<NewDocument.Fetch> referUrl) {
        document = referUrl;
    }

    /** What concerns a transfer; false: it is another's. */
    boolean takes(CallEvent event) throws Interruption {
        return switch (event) {
            case CallEvent.DialogHappened(DialogEvent.Referred(Referral referral)) -> {
                refer(referral);
                yield true;
            }
            case CallEvent.DialogHappened(DialogEvent.ReferrerTold told) -> {
                Asked open = asked;
                if (open != null) {
                    open.told = true;
                }
                yield true;
            }
            case CallEvent.TransferAsked(Transfer transfer) -> {
                transfer(transfer);
                yield true;
            }
            case CallEvent.StandAside(Sid sid) -> {
                standAside(sid);
                yield true;
            }
            case CallEvent.TransferTold(Sid sid, int status) -> {
                told(sid, status);
                yield true;
            }
            case CallEvent here -> {
                Trying now = trying;
                yield now != null && rings(now, here);
            }
        };
    }

    // ---- of this call's party

    private void refer(Referral referral) throws Interruption {
        Optional<Call> other = script.connected();
        int refusal = refusal(other);
        if (refusal != 0) {
            script.leg().refuseReferral(refusal);
            return;
        }
        var fresh = new Asked(Sid.fresh(Sid.MODIFICATION, script.equipment.world()));
        asked = fresh;
        if (referral.replaces().isPresent()) {
            attended(fresh, referral, other.orElseThrow());
        } else {
            var transfer = new Transfer(
                    fresh.sid,
                    call,
                    referral.target().toString(),
                    script.switchboard.transferTarget(call, referral),
                    document);
            if (!other.orElseThrow().post(new CallEvent.TransferAsked(transfer))) {
                told(fresh.sid, NOT_NOW);
            }
        }
        awaitOutcome(fresh);
    }

    private int refusal(Optional<Call> other) {
        return busy() ? PENDING : other.isEmpty() ? NOT_NOW : 0;
    }

    private boolean busy() {
        Asked open = asked;
        return script.inOverlay() || trying != null || aside != null || (open != null && !open.over());
    }

    /** Both calls of the party go; those at their other ends are bridged. */
    private void attended(Asked fresh, Referral referral, Call other) {
        Optional<Call> replaced = script.switchboard.find(
                call.account().sid(), referral.replaces().orElseThrow());
        Optional<Call> target = replaced.flatMap(Call::bridged).map(Bridged::other);
        if (replaced.isEmpty()) {
            told(fresh.sid, 404);
        } else if (target.isEmpty() || replaced.get() == call || target.get() == other) {
            told(fresh.sid, NOT_NOW);
        } else {
            replaced.get().post(new CallEvent.StandAside(fresh.sid));
            var bridge = new NewDocument.Bridge(fresh.sid, target.get());
            var modify = modify(fresh.sid, bridge, List.of(call, replaced.get()));
            if (other.offer(modify)) {
                told(fresh.sid, 100);
            } else {
                replaced.get().post(new CallEvent.TransferTold(fresh.sid, NOT_NOW));
                told(fresh.sid, NOT_NOW);
            }
        }
    }

    private CallCommand.Modify modify(Sid sid, NewDocument next, List<Call> tell) {
        var modification = new Modification(
                sid,
                Optional.of(Redirect.to(next)),
                Optional.empty(),
                Controls.UNCHANGED,
                Optional.empty(),
                OptionalLong.empty(),
                false,
                status -> {
                    int sip = status.state() == ModificationStatus.State.APPLIED ? 200 : 503;
                    if (status.state().last()) {
                        tell.forEach(call -> call.post(new CallEvent.TransferTold(sid, sip)));
                    }
                });
        return script.switchboard.acceptance().of(modification, Optional.empty());
    }

    private void awaitOutcome(Asked now) throws Interruption {
        Deadline longest = script.time.after(LONGEST);
        while (!now.over()) {
            if (!script.aside(longest)) {
                told(now.sid, 408);
            }
        }
        if (now.succeeded()) {
            throw new Interruption(new Next.Transferred());
        }
    }

    private void told(Sid sid, int status) {
        Asked open = asked;
        Asked waiting = aside;
        if (open != null && open.sid.equals(sid) && !open.over()) {
            relay(open, status);
        } else if (waiting != null && waiting.sid.equals(sid)) {
            waiting.status = status;
        }
    }

    private void relay(Asked now, int status) {
        now.status = status;
        if (now.accepted) {
            script.leg().tellReferrer(status);
        } else if (status >= 300) {
            now.told = true;
            script.leg().refuseReferral(status);
        } else {
            now.accepted = true;
            script.leg().acceptReferral();
            if (status > 100) {
                script.leg().tellReferrer(status);
            }
        }
    }

    /** Another call of the same party asks that this one's other end be taken away. */
    private void standAside(Sid sid) throws Interruption {
        var fresh = new Asked(sid);
        aside = fresh;
        try {
            Deadline longest = script.time.after(LONGEST);
            while (!fresh.over() && script.aside(longest)) {}
        } finally {
            aside = null;
        }
        if (fresh.succeeded()) {
            throw new Interruption(new Next.Transferred());
        }
    }

    /** The other party has gone where this one sent it: the far end hears of it, and the call ends. */
    Next done() throws Interruption {
        Asked last = asked;
        Deadline patience = script.time.after(LAST_WORD);
        while (last != null && !last.told && script.aside(patience)) {}
        boolean inbound = call.origin() instanceof Origin.Inbound;
        return new Next.End(new EndReason(
                CallStatus.COMPLETED,
                inbound ? EndReason.Cause.CALLER : EndReason.Cause.CALLEE,
                487,
                "transferred the other party"));
    }

    // ---- of the other party

    private void transfer(Transfer asks) throws Interruption {
        Optional<NewDocument.Fetch> decides = document.or(asks::document);
        if (!script.connected().equals(Optional.of(asks.by()))) {
            tell(asks, NOT_NOW);
        } else if (busy()) {
            tell(asks, PENDING);
        } else if (decides.isPresent()) {
            tell(asks, 100);
            var at = new NewDocument.AtUrl(decides.get(), Optional.empty(), asks.parameters(call));
            script.modifications().take(modify(asks.sid(), at, List.of(asks.by())));
        } else if (asks.allowed().isEmpty()) {
            script.notify(false, NOT_ALLOWED, "a transfer to " + asks.target() + " is not allowed", "");
            tell(asks, 403);
        } else {
            ring(asks, asks.allowed().get());
        }
    }

    private static void tell(Transfer transfer, int status) {
        transfer.by().post(new CallEvent.TransferTold(transfer.sid(), status));
    }

    private void ring(Transfer asks, Noun.Ringable target) throws Interruption {
        Dial dial = Dial.of(new Position(1, 1), target);
        var now = new Trying(asks);
        trying = now;
        now.ringing.addAll(script.switchboard.dial(call, target, dial, ""));
        tell(asks, 100);
        long ringback = script.nextId();
        script.controls.away(true);
        script.media().play(Layer.OVERLAY, ringback, Sound.ringback("us"), 0);
        int outcome = 487;
        try {
            Deadline until = script.time.after(dial.timeout());
            while (now.goesOn() && script.aside(until)) {}
            outcome = now.winner.isPresent() ? 200 : now.cutShort ? 487 : now.failure;
        } catch (Interruption interruption) {
            now.winner.ifPresent(now.ringing::add);
            now.winner = Optional.empty();
            drop(now, interruption.toConnected());
            throw interruption;
        } finally {
            trying = null;
            script.media().stopPlayback(ringback);
            script.controls.away(false);
            drop(now, NOT_TRANSFERRED);
            tell(asks, outcome);
        }
        if (now.winner.isPresent()) {
            throw new Interruption(new Next.Transfer(dial, now.winner.get()));
        }
    }

    private static void drop(Trying now, EndReason reason) {
        now.ringing.forEach(child -> child.post(new CallEvent.NotWanted(child.sid(), reason)));
        now.ringing.clear();
    }

    /** What has become of a target; false for what the verb below is to hear. */
    private boolean rings(Trying now, CallEvent event) {
        return switch (event) {
            case CallEvent.ChildRinging child
            when now.ringing.contains(child.child()) -> {
                tell(now.transfer, 180);
                yield true;
            }
            case CallEvent.ChildAnswered child
            when now.ringing.remove(child.child()) -> {
                now.winner = Optional.of(child.child());
                yield true;
            }
            case CallEvent.ChildEnded(Call child, CallRecord record)
            when now.ringing.remove(child) -> {
                now.failure = record.sipResponseCode().orElse(NOT_NOW);
                yield true;
            }
            case CallEvent.ChildEnded(Call child, CallRecord record) -> {
                now.cutShort |= child == now.transfer.by() && byApi(record.cause());
                yield false;
            }
            case CallEvent.PeerLeft left when now.ringing.removeIf(of(left)) -> true;
            case CallEvent.PeerLeft left -> {
                // CONTRACT section 2: a redirect or an end by the API means the other leg, too, and at once
                now.cutShort |= left.why().cause() == EndReason.Cause.API;
                yield false;
            }
            default -> false;
        };
    }

    private static boolean byApi(Optional<String> cause) {
        return cause.equals(Optional.of(EndReason.Cause.API.text()));
    }

    private static Predicate<Call> of(CallEvent.PeerLeft left) {
        return child -> child.sid().equals(left.bridge());
    }

    /** The call has ended: who still waits for it is told. */
    void ended(List<CallMessage> leftInMailbox) {
        for (CallMessage left : leftInMailbox) {
            if (left instanceof CallEvent.TransferAsked(Transfer transfer)) {
                tell(transfer, NOT_NOW);
            }
        }
    }
}
