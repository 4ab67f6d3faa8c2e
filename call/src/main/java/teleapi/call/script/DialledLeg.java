package teleapi.call.script;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.Origin;
import teleapi.call.webhook.Urls;
import teleapi.rcml.Dial;
import teleapi.runtime.Deadline;

/**
 * What a leg does that a Dial rings: ring, be screened, offer itself to its parent, stay joined until either leaves.
 *
 * <pre>
 * Thread  the call's (the child's)
 * Source  CONTRACT section 2 "Rules"; ADR-0008: a bridge stands while both sides want it
 * </pre>
 */
final class DialledLeg {
    /** A leg whose parent has ended has its word in the mailbox. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Script script;
    private final Origin.Dialled dialled;
    private final Beginning beginning;
    private boolean joined;
    private EndReason leaves = EndReason.PEER_LEFT;

    DialledLeg(Script script, Origin.Dialled dialled, Beginning beginning) {
        this.script = script;
        this.dialled = dialled;
        this.beginning = beginning;
    }

    Next run() throws Interruption {
        script.inDial(true);
        try {
            // The parent's Dial limits the ringing and says NotWanted when it is over; for a place it goes on without
            // it.
            Deadline until = dialled.place().isPresent() ? script.time.after(Dial.DEFAULT_TIMEOUT) : Deadline.NEVER;
            beginning.ring(until, this::rings);
            return dialled.place().isPresent() ? beginning.first(dialled.place().get()) : answered();
        } finally {
            script.inDial(false);
        }
    }

    private Next answered() throws Interruption {
        try {
            if (dialled.options().url().isPresent() || !dialled.sendDigits().isEmpty()) {
                // Early media is over: until it is joined this leg is alone, and its parent waits a little longer.
                script.media().leave();
                script.parent.pickedUp();
            }
            script.prompts.digits(dialled.sendDigits());
            if (dialled.options().url().isPresent()
                    && !screened(dialled.options().url().get())) {
                return new Next.Exhausted(EndReason.DOCUMENT_ENDED);
            }
            // One that has ended has said before that it wants this leg no more, or who has it now.
            Deadline until = script.parent.offer() ? Deadline.NEVER : script.time.after(PATIENCE);
            while (true) {
                Optional<CallEvent> event = script.await(until, this::concernsTheBridge);
                if (event.isEmpty()) {
                    return new Next.Exhausted(EndReason.PEER_LEFT);
                }
                if (event.get() instanceof CallEvent.PeerLeft left) {
                    return new Next.Exhausted(left.why());
                }
                until = Deadline.NEVER;
                joined = true;
                script.parent.settled();
                script.connected(script.parent.call(), true);
            }
        } catch (Interruption interruption) {
            leaves = interruption.toConnected();
            throw interruption;
        } finally {
            script.connected(Optional.empty(), false);
            script.media().leave();
            script.parent.settled();
            script.parent.tell(new CallEvent.PeerLeft(script.call.sid(), joined, leaves));
        }
    }

    private void rings(boolean earlyMedia) {
        if (earlyMedia && dialled.place().isEmpty()) {
            script.parent.media().ifPresent(script.media()::bridge);
        }
        script.parent.tell(new CallEvent.ChildRinging(script.call, earlyMedia));
    }

    private boolean concernsTheBridge(CallEvent event) {
        return event instanceof CallEvent.Joined
                || (event instanceof CallEvent.PeerLeft left && left.bridge().equals(script.call.sid()));
    }

    /** Runs the screening document on this leg alone; false when it hangs up or cannot be had. */
    private boolean screened(String reference) throws Interruption {
        Optional<String> url = Urls.resolve(dialled.baseUrl(), reference);
        if (url.isEmpty()) {
            script.notify(true, 11100, "screening URL cannot be requested: " + reference, dialled.baseUrl());
            return false;
        }
        var from = new NewDocument.Fetch(url.get(), dialled.options().method());
        return new Screening(script).run(from, Map.of()) == Screening.Outcome.ACCEPTED;
    }
}
