package teleapi.call.script;

import java.util.List;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallMessage;
import teleapi.media.MediaSession;

/**
 * The call that rings this one: that whose Dial made it, or the one that it was handed over to.
 *
 * <p>A parent that has handed this leg over passes on what still comes to it, as long as it lives. What it cannot hear any more is told anew as
 * soon as the message that names the other one is taken.
 *
 * <pre>
 * Thread  the call's (the child's)
 * Source  ADR-0018
 * </pre>
 */
final class Parent {
    private final Script script;
    private Optional<Call> now;
    private boolean pickedUp;
    private boolean offered;

    Parent(Script script) {
        this.script = script;
        this.now = script.call.origin().dialledBy();
    }

    /** Whether it is about who rings this call. */
    boolean takes(CallEvent event) {
        if (!(event instanceof CallEvent.Adopted(Call by))) {
            return false;
        }
        now = Optional.of(by);
        if (script.hasLeg()) {
            script.media().leave();
        }
        if (offered) {
            offer();
        } else if (pickedUp) {
            pickedUp();
        }
        return true;
    }

    /** This leg has answered and is not to be joined yet: it is not too late when the ringing has its end. */
    void pickedUp() {
        pickedUp = true;
        tell(new CallEvent.ChildPickedUp(script.call));
    }

    Optional<Call> call() {
        return now;
    }

    Optional<MediaSession> media() {
        return now.flatMap(Call::media);
    }

    /** False: it has ended. */
    boolean tell(CallEvent event) {
        return now.filter(parent -> parent.post(event)).isPresent();
    }

    /** This leg has answered and is to be joined. False: the parent has ended. */
    boolean offer() {
        offered = true;
        media().ifPresent(script.media()::bridge);
        return tell(new CallEvent.ChildAnswered(script.call));
    }

    /** It is joined, or goes on by itself. */
    void settled() {
        pickedUp = false;
        offered = false;
    }

    void ended(List<CallMessage> leftInMailbox) {
        leftInMailbox.forEach(left -> {
            if (left instanceof CallEvent.Adopted(Call by)) {
                now = Optional.of(by);
            }
        });
        tell(new CallEvent.ChildEnded(script.call, script.call.snapshot()));
    }
}
