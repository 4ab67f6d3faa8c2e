package teleapi.call.script;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import teleapi.call.Bridged;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.Transfer;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.Expected;
import teleapi.call.bridge.ExpectedCall;
import teleapi.rcml.Dial;
import teleapi.rcml.Noun;
import teleapi.rcml.Position;
import teleapi.sip.Referral;
import teleapi.sip.message.Replaces;

/**
 * A REFER of a party that is in a conference: whoever it names takes its place there.
 *
 * <p>The conference keeps the place as long as somebody may come for it, whatever this call does. Nothing waits here: what is told moves it on,
 * and the stay in the conference goes on as it was until the place is taken.
 *
 * <pre>
 * Thread  the call's; called from the one wait
 * Source  RFC 5589 section 6; ADR-0018
 * </pre>
 */
final class Succession {
    private static final EndReason TOO_LATE =
            new EndReason(CallStatus.CANCELED, EndReason.Cause.RCML, 603, "the place in the conference has been taken");
    private static final EndReason OVER =
            new EndReason(CallStatus.CANCELED, EndReason.Cause.RCML, 603, "the transfer came to nothing");

    private final Script script;
    private final Call call;
    private @Nullable Open open;

    private static final class Open {
        final Sid sid;
        final Conference conference;
        /** Those that are called for it. */
        final Set<Call> ringing = new LinkedHashSet<>();

        final Optional<Call> moving;
        /** The one that moves is on its way by itself. */
        boolean sent;
        /** This call has left, and goes on with something else. */
        boolean left;

        int failure = Transfers.NOT_NOW;

        Open(Sid sid, Conference conference, Optional<Call> moving) {
            this.sid = sid;
            this.conference = conference;
            this.moving = moving;
        }
    }

    Succession(Script script) {
        this.script = script;
        this.call = script.call;
    }

    /** Begins one; {@code decides} is the referUrl of the Dial around the conference. */
    void begin(Sid sid, Referral referral, ConferenceExecution stay, Optional<NewDocument.Fetch> decides)
            throws Interruption {
        Conference conference = stay.conference().orElseThrow();
        var place = new NewDocument.Join(
                stay.termsForAnother(), Optional.of(conference.record().sid()));
        if (referral.replaces().isPresent()) {
            attended(sid, referral.replaces().get(), conference, place);
            return;
        }
        Optional<Noun.Ringable> target = script.switchboard.transferTarget(call, referral);
        var asks = new Transfer(sid, call, referral.target().toString(), target, decides, Optional.empty());
        if (decides.isPresent()) {
            script.transfers.told(sid, 100);
            var at = new NewDocument.AtUrl(
                    decides.get(),
                    Optional.empty(),
                    asks.parameters(conference.record().friendlyName()));
            script.modifications().take(script.transfers.modify(sid, at, List.of(call)));
        } else if (target.isEmpty()) {
            script.notify(false, Transferee.NOT_ALLOWED, "a transfer to " + asks.target() + " is not allowed", "");
            script.transfers.told(sid, 403);
        } else {
            ring(sid, target.get(), conference, place);
        }
    }

    private void ring(Sid sid, Noun.Ringable target, Conference conference, NewDocument.Join place)
            throws Interruption {
        var now = new Open(sid, conference, Optional.empty());
        open = now;
        Dial dial = Dial.of(new Position(1, 1), target);
        script.transfers.told(sid, 100);
        List<Call> legs = script.switchboard.dial(call, target, dial, "", Optional.of(place));
        for (Call child : legs) {
            now.ringing.add(child);
            keepPlace(now, child, place, true);
        }
        // Only now: the first may have answered, and taken the place, before the last is rung.
        legs.forEach(Call::start);
    }

    /** On the thread of the conference it only posts. */
    private void keepPlace(Open now, Call successor, NewDocument.Join place, boolean called) {
        var expected = new ExpectedCall(successor.sid(), place.terms(), called, Optional.of(call.sid()));
        boolean asked = now.conference.expect(expected, place.terms().maxParticipants(), answer -> {
            switch (answer) {
                case Expected.Kept kept -> {}
                case Expected.Full full -> successor.hangUp(TOO_LATE);
                case Expected.Over over -> call.post(new CallEvent.PlaceNotTaken(successor.sid()));
            }
        });
        if (successor.snapshot().status().ended()) {
            // It may have said so before the conference knew of it.
            now.conference.giveUp(successor.sid());
        }
        if (!asked) {
            call.post(new CallEvent.PlaceNotTaken(successor.sid()));
        }
    }

    /** Who is at the other end of the party's second call comes into the conference, and both calls of the party go. */
    private void attended(Sid sid, Replaces dialog, Conference conference, NewDocument.Join place) throws Interruption {
        Optional<Call> replaced = script.switchboard.find(call.account().sid(), dialog);
        Optional<Call> target = replaced.flatMap(Call::bridged).map(Bridged::other);
        if (replaced.isEmpty()) {
            script.transfers.told(sid, 404);
        } else if (target.isEmpty() || replaced.get() == call) {
            script.transfers.told(sid, Transfers.NOT_NOW);
        } else if (dialog.earlyOnly()) {
            script.transfers.told(sid, 486);
        } else {
            Call comes = target.get();
            var now = new Open(sid, conference, target);
            open = now;
            keepPlace(now, comes, place, false);
            replaced.get().post(new CallEvent.StandAside(sid));
            CallCommand.Modify modify = script.transfers.modify(sid, place, List.of(call, replaced.get()), applied -> {
                if (!applied) {
                    conference.giveUp(comes.sid());
                }
            });
            if (comes.offer(modify)) {
                script.transfers.told(sid, 100);
            } else {
                conference.giveUp(comes.sid());
                replaced.get().post(new CallEvent.TransferTold(sid, Transfers.NOT_NOW));
                over(now, Transfers.NOT_NOW);
            }
        }
    }

    /** What concerns it; false: it is another's. */
    boolean takes(CallEvent event) throws Interruption {
        Open now = open;
        if (now == null) {
            return event instanceof CallEvent.PlaceTaken || event instanceof CallEvent.PlaceNotTaken;
        }
        return switch (event) {
            case CallEvent.ChildRinging child
            when now.ringing.contains(child.child()) -> {
                script.transfers.told(now.sid, 180);
                yield true;
            }
            case CallEvent.ChildEnded ended
            when now.ringing.contains(ended.child()) -> {
                // Whether it had come before, the conference alone knows.
                now.failure = ended.record().sipResponseCode().orElse(Transfers.NOT_NOW);
                yield true;
            }
            case CallEvent.PlaceNotTaken(Sid lost) -> {
                lost(now, lost);
                yield true;
            }
            case CallEvent.PlaceTaken taken -> {
                taken(now);
                yield true;
            }
            default -> false;
        };
    }

    /** The modification that brings the other one in has been told this; empty: it is no such transfer. */
    boolean moves(Sid transfer, int status) {
        Open now = open;
        if (now == null || now.moving.isEmpty() || !now.sid.equals(transfer)) {
            return false;
        }
        now.sent |= status < 300;
        if (status >= 300 || now.left) {
            over(now, status);
        }
        return true;
    }

    private void lost(Open now, Sid successor) {
        now.ringing.stream()
                .filter(child -> child.sid().equals(successor))
                .filter(child -> child.snapshot().status() != CallStatus.IN_PROGRESS)
                .forEach(child -> child.hangUp(OVER));
        boolean moving = now.moving.filter(one -> one.sid().equals(successor)).isPresent();
        now.ringing.removeIf(child -> child.sid().equals(successor));
        if (moving || (now.moving.isEmpty() && now.ringing.isEmpty())) {
            over(now, now.failure);
        }
    }

    private void taken(Open now) throws Interruption {
        over(now, 200);
        if (now.left) {
            return;
        }
        throw new Interruption(new Next.Transferred());
    }

    private void over(Open now, int status) {
        open = null;
        script.transfers.told(now.sid, status);
    }

    /**
     * Something else cuts the stay off. Who has been sent there cannot be called back, and comes as when the party hangs up: what becomes of that is
     * told. False: nobody has.
     */
    boolean handsOn() {
        Open now = open;
        if (now == null || now.moving.isEmpty()) {
            return false;
        }
        now.left = true;
        if (now.sent) {
            over(now, 200);
        }
        return true;
    }

    /** This call leaves the conference, and not because its party hung up: nobody takes its place. */
    void leavesConference() {
        Open now = open;
        if (now == null) {
            return;
        }
        for (Call child : now.ringing) {
            now.conference.giveUp(child.sid());
            child.hangUp(OVER);
        }
        now.moving.ifPresent(comes -> now.conference.giveUp(comes.sid()));
        over(now, 487);
    }
}
