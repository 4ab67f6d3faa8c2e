package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Branches;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallMessage;
import teleapi.call.EndReason;
import teleapi.call.Sid;

/**
 * What this call's Dial rings is handed over to the call of another party, which this one's party has transferred to it.
 *
 * <p>From then on the branches are the other call's: this one may be cancelled by its phone, and they ring on. Until it is known what comes of
 * it, this call stands aside.
 *
 * <pre>
 * Thread  the call's; called from the one wait
 * Source  RFC 5589 section 7; ADR-0018
 * </pre>
 */
final class Handover {
    private final Script script;
    private Optional<DialExecution> dial = Optional.empty();
    /** Those that are another call's now. What they still say here is passed on. */
    private final Map<Call, Call> given = new LinkedHashMap<>();

    private Optional<Sid> open = Optional.empty();

    Handover(Script script) {
        this.script = script;
    }

    /** A Dial of this call rings. */
    void rings(DialExecution ringing) {
        dial = Optional.of(ringing);
        script.call.publishRinging(Optional.of(script.leg().dialog()));
    }

    /** It rings no more. */
    void over() {
        dial = Optional.empty();
        script.call.publishRinging(Optional.empty());
    }

    /** What concerns a handover; false: it is another's. */
    boolean takes(CallEvent event) throws Interruption {
        if (event instanceof CallEvent.BranchesWanted wanted) {
            wanted(wanted);
            return true;
        }
        return passedOn(event);
    }

    /** Whether the Dial is to hear that what it rang has come to nothing elsewhere. */
    boolean failed(Sid transfer, int status) {
        return status >= 300 && open.equals(Optional.of(transfer));
    }

    private void wanted(CallEvent.BranchesWanted wanted) throws Interruption {
        Sid transfer = wanted.transfer().sid();
        Optional<Branches> branches =
                script.transfers.busy() ? Optional.empty() : dial.flatMap(DialExecution::branches);
        if (branches.isEmpty()) {
            wanted.wants().post(new CallEvent.BranchesKept(transfer));
            boolean answered = script.connected().isPresent();
            wanted.transfer()
                    .by()
                    .post(
                            answered
                                    ? new CallEvent.TargetAnswered(transfer)
                                    : new CallEvent.TransferTold(transfer, Transfers.NOT_NOW));
            return;
        }
        // The other call first: it has them before any of them speaks to it.
        if (!wanted.wants().post(new CallEvent.BranchesGiven(transfer, branches.get()))) {
            wanted.transfer().by().post(new CallEvent.TransferTold(transfer, Transfers.NOT_NOW));
            return;
        }
        for (Call branch : branches.get().ringing()) {
            given.put(branch, wanted.wants());
            branch.post(new CallEvent.Adopted(wanted.wants()));
        }
        open = Optional.of(transfer);
        dial.orElseThrow().gave(transfer);
        try {
            script.transfers.standAside(transfer);
        } catch (Interruption interruption) {
            if (interruption.toConnected().cause() == EndReason.Cause.API) {
                wanted.wants().post(new CallEvent.BranchesForbidden(transfer));
            }
            throw interruption;
        }
    }

    private boolean passedOn(CallEvent event) {
        Optional<Call> to = switch (event) {
            case CallEvent.ChildRinging child -> owner(child.child());
            case CallEvent.ChildPickedUp child -> owner(child.child());
            case CallEvent.ChildAnswered child -> owner(child.child());
            case CallEvent.ChildEnded child -> owner(child.child());
            case CallEvent.PeerLeft left ->
                given.keySet().stream()
                        .filter(branch -> branch.sid().equals(left.bridge()))
                        .findFirst()
                        .flatMap(this::owner);
            default -> Optional.empty();
        };
        to.ifPresent(owner -> owner.post(event));
        return to.isPresent();
    }

    private Optional<Call> owner(Call branch) {
        return Optional.ofNullable(given.get(branch));
    }

    /** The call has ended: who waits for its branches is told, and what they said here is passed on. */
    void ended(List<CallMessage> leftInMailbox) {
        for (CallMessage left : leftInMailbox) {
            if (left instanceof CallEvent.BranchesWanted(var transfer, Call wants)) {
                wants.post(new CallEvent.BranchesKept(transfer.sid()));
                transfer.by().post(new CallEvent.TransferTold(transfer.sid(), Transfers.NOT_NOW));
            } else if (left instanceof CallEvent event) {
                passedOn(event);
            }
        }
    }
}
