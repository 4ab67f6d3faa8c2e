package teleapi.call.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
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
import teleapi.rcml.Dial;
import teleapi.rcml.Noun;
import teleapi.runtime.Deadline;
import teleapi.sip.DialogEvent;
import teleapi.sip.Referral;
import teleapi.sip.message.Replaces;

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

    static final int PENDING = 491;
    static final int NOT_NOW = 480;

    private final Script script;
    private final Call call;
    /** The referUrl of the Dial whose bridge stands. */
    private Optional<NewDocument.Fetch> document = Optional.empty();

    private @Nullable Asked asked;
    private @Nullable Aside aside;
    private final Transferee transferee;
    private final Succession succession;

    /** A transfer that other calls carry out, and what is known of it. */
    private static final class Asked {
        final Sid sid;
        final Referral referral;
        boolean accepted;
        boolean told;
        int status;

        Asked(Sid sid, Referral referral) {
            this.sid = sid;
            this.referral = referral;
        }

        boolean over() {
            return status >= 200;
        }

        boolean succeeded() {
            return over() && status < 300;
        }
    }

    /** This call waits for one that another one asked for. */
    private static final class Aside {
        final Sid sid;
        int status;

        Aside(Sid sid) {
            this.sid = sid;
        }
    }

    Transfers(Script script) {
        this.script = script;
        this.call = script.call;
        this.transferee = new Transferee(script);
        this.succession = new Succession(script);
    }

    /** What decides about a REFER of either side of the bridge that stands: the referUrl of its Dial. */
    void decidedBy(Optional<NewDocument.Fetch> referUrl) {
        document = referUrl;
    }

    Optional<NewDocument.Fetch> decides() {
        return document;
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
            case CallEvent.StandAside(Sid sid) -> {
                standAside(sid);
                yield true;
            }
            case CallEvent.TransferTold(Sid sid, int status) -> {
                if (!succession.moves(sid, status)) {
                    told(sid, status);
                }
                yield !script.handover.failed(sid, status);
            }
            case CallEvent.TargetAnswered(Sid sid) -> {
                answeredMeanwhile(sid);
                yield true;
            }
            case CallEvent here -> script.handover.takes(here) || succession.takes(here) || transferee.takes(here);
        };
    }

    // ---- of this call's party

    private void refer(Referral referral) throws Interruption {
        Optional<Call> other = script.connected();
        Optional<ConferenceExecution> stay =
                script.stay().filter(here -> here.conference().isPresent());
        int refusal = busy() ? PENDING : other.isEmpty() && stay.isEmpty() ? NOT_NOW : 0;
        if (refusal != 0) {
            script.leg().refuseReferral(refusal);
            return;
        }
        var fresh = new Asked(Sid.fresh(Sid.MODIFICATION, script.equipment.world()), referral);
        asked = fresh;
        if (stay.isPresent()) {
            succession.begin(fresh.sid, referral, stay.get(), document);
            return;
        }
        if (referral.replaces().isPresent()) {
            attended(fresh, other.orElseThrow());
        } else {
            ask(fresh, other.orElseThrow(), script.switchboard.transferTarget(call, referral), Optional.empty());
        }
        awaitOutcome(fresh);
    }

    private void ask(Asked fresh, Call other, Optional<Noun.Ringable> allowed, Optional<Call> ringing) {
        var transfer = new Transfer(fresh.sid, call, fresh.referral.target().toString(), allowed, document, ringing);
        if (!other.post(new CallEvent.TransferAsked(transfer))) {
            told(fresh.sid, NOT_NOW);
        }
    }

    /** Whether a transfer is on its way, or a document runs over the call. */
    boolean busy() {
        Asked open = asked;
        return script.inOverlay() || transferee.busy() || aside != null || (open != null && !open.over());
    }

    /** Both calls of the party go; those at their other ends are bridged. */
    private void attended(Asked fresh, Call other) {
        Replaces dialog = fresh.referral.replaces().orElseThrow();
        Optional<Call> replaced = script.switchboard.find(call.account().sid(), dialog);
        Optional<Call> target = replaced.flatMap(Call::bridged).map(Bridged::other);
        boolean rings = replaced.filter(named -> named.ringsIn(dialog)).isPresent();
        if (replaced.isEmpty()) {
            told(fresh.sid, 404);
        } else if (target.isEmpty() && rings && replaced.get() != call) {
            ask(fresh, other, Optional.empty(), replaced);
        } else if (target.isPresent() && dialog.earlyOnly()) {
            // RFC 3891 section 3: it is wanted only as long as nobody has answered
            told(fresh.sid, 486);
        } else if (target.isEmpty() || replaced.get() == call || replaced.get() == other || target.get() == other) {
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

    /** Who still rang when it was named has answered: the other party is bridged with it. */
    private void answeredMeanwhile(Sid sid) {
        Asked open = asked;
        if (open != null && open.sid.equals(sid) && !open.over()) {
            script.connected().ifPresentOrElse(other -> attended(open, other), () -> told(sid, NOT_NOW));
        }
    }

    CallCommand.Modify modify(Sid sid, NewDocument next, List<Call> tell) {
        return modify(sid, next, tell, applied -> {});
    }

    /** {@code then} must only post. */
    CallCommand.Modify modify(Sid sid, NewDocument next, List<Call> tell, Consumer<Boolean> then) {
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
                        then.accept(sip == 200);
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

    /** How far a transfer has come that this party has asked for, or that this call stands aside for. */
    void told(Sid sid, int status) {
        Asked open = asked;
        Aside waiting = aside;
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

    /** Another call of the same party asks that what this one has be taken away: its other end, or what it rings. */
    void standAside(Sid sid) throws Interruption {
        var fresh = new Aside(sid);
        aside = fresh;
        try {
            Deadline longest = script.time.after(LONGEST);
            while (fresh.status < 200 && script.aside(longest)) {}
        } finally {
            aside = null;
        }
        if (fresh.status >= 200 && fresh.status < 300) {
            throw new Interruption(new Next.Transferred());
        }
    }

    /** The stay in the conference is cut off: whether somebody comes in its place all the same. */
    boolean handsOn() {
        return succession.handsOn();
    }

    /** The call leaves the conference it is in, and not because its party hung up. */
    void leavesConference() {
        succession.leavesConference();
    }

    /** The other party has gone where this one sent it: the far end hears of it, and the call ends. */
    Next done() throws Interruption {
        Asked last = asked;
        Deadline patience = script.time.after(LAST_WORD);
        while (last != null && !last.told && script.aside(patience)) {}
        boolean inbound = call.origin() instanceof Origin.Inbound;
        return new Next.End(new EndReason(
                CallStatus.CANCELED,
                inbound ? EndReason.Cause.CALLER : EndReason.Cause.CALLEE,
                487,
                "transferred the other party"));
    }

    /** The call has ended: who still waits for it is told. */
    void ended(List<CallMessage> leftInMailbox) {
        transferee.ended(leftInMailbox);
        script.handover.ended(leftInMailbox);
    }
}
