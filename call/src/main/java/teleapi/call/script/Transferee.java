package teleapi.call.script;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import teleapi.call.Branches;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallMessage;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.Transfer;
import teleapi.call.records.CallRecord;
import teleapi.media.Layer;
import teleapi.media.Sound;
import teleapi.rcml.Dial;
import teleapi.rcml.Noun;
import teleapi.rcml.Position;
import teleapi.runtime.Deadline;

/**
 * The side of a transfer of the party that is transferred: rings the target beside its verb, or takes over what the other party's second call rings.
 *
 * <pre>
 * Thread  the call's; called from the one wait
 * Errors  each transfer is told one final status, on every path
 * Source  RFC 5589 sections 6 and 7; ADR-0018
 * </pre>
 */
final class Transferee {
    /** A transfer that nobody but an application might allow; see docs/errors.md. */
    static final int NOT_ALLOWED = 29450;

    /** A call hands over what it rings as soon as it takes the request. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int CUT_SHORT = 487;
    private static final EndReason NOT_TRANSFERRED =
            new EndReason(CallStatus.CANCELED, EndReason.Cause.RCML, 603, "the transfer came to nothing");

    private static final EndReason NOBODY_ANSWERED =
            new EndReason(CallStatus.NO_ANSWER, EndReason.Cause.TIMEOUT, 603, "nobody answered the transfer in time");
    private static final EndReason ANOTHER_ANSWERED =
            new EndReason(CallStatus.CANCELED, EndReason.Cause.RCML, 603, "another leg answered the transfer");

    private final Script script;
    private final Call call;
    private @Nullable Trying trying;

    /** The target is being rung. */
    private static final class Trying {
        final Transfer transfer;
        final Set<Call> ringing = new LinkedHashSet<>();
        final Set<Call> pickedUp = new LinkedHashSet<>();
        Optional<Call> winner = Optional.empty();
        /** As which it is joined; empty: what another call rings is still to come. */
        Optional<Dial> dial;

        Deadline until;
        int failure = Transfers.NOT_NOW;
        boolean cutShort;
        boolean refused;

        Trying(Transfer transfer, Optional<Dial> dial, Deadline until) {
            this.transfer = transfer;
            this.dial = dial;
            this.until = until;
        }

        boolean goesOn() {
            return winner.isEmpty() && !ringing.isEmpty() && !cutShort;
        }
    }

    Transferee(Script script) {
        this.script = script;
        this.call = script.call;
    }

    boolean busy() {
        return trying != null;
    }

    /** What concerns this side of a transfer; false: it is another's. */
    boolean takes(CallEvent event) throws Interruption {
        return switch (event) {
            case CallEvent.TransferAsked(Transfer transfer) -> {
                transfer(transfer);
                yield true;
            }
            case CallEvent.BranchesGiven(Sid transfer, Branches branches) -> {
                given(transfer, branches);
                yield true;
            }
            case CallEvent.BranchesKept(Sid transfer) -> {
                of(transfer).ifPresent(now -> now.refused = true);
                yield true;
            }
            case CallEvent.BranchesForbidden(Sid transfer) -> {
                of(transfer).ifPresent(now -> now.cutShort = true);
                yield true;
            }
            case CallEvent here -> {
                Trying now = trying;
                yield now != null && rings(now, here);
            }
        };
    }

    private Optional<Trying> of(Sid transfer) {
        return Optional.ofNullable(trying).filter(now -> now.transfer.sid().equals(transfer));
    }

    private void transfer(Transfer asks) throws Interruption {
        Optional<NewDocument.Fetch> decides = script.transfers.decides().or(asks::document);
        if (!script.connected().equals(Optional.of(asks.by()))) {
            tell(asks, Transfers.NOT_NOW);
        } else if (script.transfers.busy()) {
            tell(asks, Transfers.PENDING);
        } else if (asks.ringing().isPresent()) {
            takeOver(asks, asks.ringing().get());
        } else if (decides.isPresent()) {
            tell(asks, 100);
            var at = new NewDocument.AtUrl(decides.get(), Optional.empty(), asks.parameters(call));
            script.modifications().take(script.transfers.modify(asks.sid(), at, List.of(asks.by())));
        } else if (asks.allowed().isEmpty()) {
            script.notify(false, NOT_ALLOWED, "a transfer to " + asks.target() + " is not allowed", "");
            tell(asks, 403);
        } else {
            ring(asks, asks.allowed().get());
        }
    }

    /** Who asked, and its second call if that stands aside for it. */
    private static void tell(Transfer transfer, int status) {
        var told = new CallEvent.TransferTold(transfer.sid(), status);
        transfer.by().post(told);
        transfer.ringing().ifPresent(second -> second.post(told));
    }

    private void ring(Transfer asks, Noun.Ringable target) throws Interruption {
        Dial dial = Dial.of(new Position(1, 1), target);
        var now = new Trying(asks, Optional.of(dial), script.time.after(dial.timeout()));
        trying = now;
        now.ringing.addAll(script.switchboard.dial(call, target, dial, "", Optional.empty()));
        now.ringing.forEach(Call::start);
        tell(asks, 100);
        ringBeside(now);
    }

    /** What the second call of who asked rings already rings on for this one. */
    private void takeOver(Transfer asks, Call second) throws Interruption {
        var now = new Trying(asks, Optional.empty(), script.time.after(PATIENCE));
        trying = now;
        try {
            boolean goes = second.post(new CallEvent.BranchesWanted(asks, call));
            while (goes && now.dial.isEmpty() && !now.refused) {
                goes = script.aside(now.until);
            }
        } finally {
            if (now.dial.isEmpty()) {
                trying = null;
                notGiven(now);
            }
        }
        if (now.dial.isPresent()) {
            ringBeside(now);
        }
    }

    private static void notGiven(Trying now) {
        // Who keeps what it rings has told why.
        if (!now.refused) {
            Transfer asks = now.transfer;
            asks.by().post(new CallEvent.TransferTold(asks.sid(), Transfers.NOT_NOW));
        }
    }

    private void given(Sid transfer, Branches branches) {
        Optional<Trying> wanted = of(transfer).filter(now -> now.dial.isEmpty());
        if (wanted.isEmpty()) {
            branches.ringing().forEach(child -> child.post(new CallEvent.NotWanted(child.sid(), NOT_TRANSFERRED)));
            branches.from().post(new CallEvent.TransferTold(transfer, CUT_SHORT));
            return;
        }
        Trying now = wanted.get();
        now.ringing.addAll(branches.ringing());
        now.pickedUp.addAll(branches.pickedUp());
        now.dial = Optional.of(branches.dial().bare());
        now.until = branches.until();
        tell(now.transfer, 100);
        if (branches.heard()) {
            tell(now.transfer, 180);
        }
    }

    private void ringBeside(Trying now) throws Interruption {
        long ringback = script.nextId();
        script.controls.away(true);
        // Under what a document says that runs over the call meanwhile, and there again after it.
        script.media().play(Layer.AWAY, ringback, Sound.ringback("us"), 0);
        int outcome = CUT_SHORT;
        try {
            while (now.goesOn() && ringsOn(now)) {}
            outcome = now.winner.isPresent() ? 200 : now.cutShort ? CUT_SHORT : now.failure;
        } catch (Interruption interruption) {
            now.winner.ifPresent(now.ringing::add);
            now.winner = Optional.empty();
            drop(now, interruption.toConnected(), child -> true);
            throw interruption;
        } finally {
            trying = null;
            script.media().stopPlayback(ringback);
            script.controls.away(false);
            drop(now, now.winner.isPresent() ? ANOTHER_ANSWERED : NOT_TRANSFERRED, child -> true);
            tell(now.transfer, outcome);
        }
        if (now.winner.isPresent()) {
            throw new Interruption(new Next.Transfer(now.dial.orElseThrow(), now.winner.get()));
        }
    }

    /** False: nobody has answered in time. Who has, and is being screened, is waited for a little longer. */
    private boolean ringsOn(Trying now) throws Interruption {
        if (script.aside(now.until)) {
            return true;
        }
        drop(now, NOBODY_ANSWERED, child -> !now.pickedUp.remove(child));
        now.until = script.time.after(DialExecution.SCREENING);
        return !now.ringing.isEmpty();
    }

    private static void drop(Trying now, EndReason reason, Predicate<Call> which) {
        now.ringing.removeIf(child -> {
            boolean dropped = which.test(child);
            if (dropped) {
                child.post(new CallEvent.NotWanted(child.sid(), reason));
            }
            return dropped;
        });
    }

    /** What has become of a target; false for what the verb below is to hear. */
    private boolean rings(Trying now, CallEvent event) {
        return switch (event) {
            case CallEvent.ChildRinging child
            when now.ringing.contains(child.child()) -> {
                tell(now.transfer, 180);
                yield true;
            }
            case CallEvent.ChildPickedUp child
            when now.ringing.contains(child.child()) -> {
                now.pickedUp.add(child.child());
                yield true;
            }
            case CallEvent.ChildAnswered child
            when now.ringing.remove(child.child()) -> {
                now.winner = Optional.of(child.child());
                yield true;
            }
            case CallEvent.ChildEnded(Call child, CallRecord record)
            when now.ringing.remove(child) -> {
                now.failure = record.sipResponseCode().orElse(Transfers.NOT_NOW);
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
            case CallEvent.BridgeLeft left -> {
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
                tell(transfer, Transfers.NOT_NOW);
            } else if (left instanceof CallEvent.BranchesGiven(Sid transfer, Branches branches)) {
                given(transfer, branches);
            }
        }
    }
}
