package teleapi.call.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallMessage;
import teleapi.call.EndReason;
import teleapi.call.Journal;
import teleapi.call.Origin;
import teleapi.media.MediaSession;
import teleapi.rcml.HttpMethod;

/**
 * How a call is cleared: its far end is told, its record is final, and whoever still waits for it, or is owed something by it, hears of it.
 *
 * <pre>
 * Thread  the call's
 * Errors  what fails is logged, and keeps nothing else from being done
 * Source  ARCHITECTURE invariants 4 and 8; ADR-0001
 * </pre>
 */
final class Clearing {
    private static final Logger LOG = LoggerFactory.getLogger(Clearing.class);

    private final Script script;
    private final Call call;
    private OptionalInt sipStatus = OptionalInt.empty();
    private Optional<Runnable> owed = Optional.empty();

    Clearing(Script script) {
        this.script = script;
        this.call = script.call;
    }

    /** With which status our INVITE was answered, for its record. */
    void sipStatus(int status) {
        sipStatus = OptionalInt.of(status);
    }

    /** A request that is owed when the verb is interrupted: at once for a redirect, with the final status for an end. */
    void owe(boolean now, Runnable request) {
        if (now) {
            request.run();
        } else {
            owed = Optional.of(request);
        }
    }

    /** The action of a verb that is interrupted, as above; its answer is ignored. */
    void oweAction(Interruption interruption, HttpMethod method, String url, Map<String, String> parameters) {
        owe(interruption.redirect(), () -> script.documents.send(method, url, parameters, ignored -> {}));
    }

    /** The call's last act. */
    void run(EndReason reason) {
        call.journal().did("ends: " + reason.text());
        due(script.streams::end);
        due(() -> hangUp(reason));
        due(() -> script.progress.ended(reason, sipStatus));
        List<CallMessage> left = call.closeMailbox();
        due(() -> script.modifications().ended(left));
        due(() -> script.modifications().answers().say());
        due(() -> script.transfers.ended(left));
        due(() -> owed.ifPresent(Runnable::run));
        due(script.progress::keepJournal);
        script.parent.ended(left);
        LOG.info(
                "call {} ended {} by {}: {}",
                call.sid(),
                call.snapshot().status().text(),
                reason.cause().text(),
                Journal.shown(reason.text()));
    }

    /** One thing that is due; that it fails must not keep the next from being done. */
    private void due(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException bug) {
            LOG.error("the end of call {} is incomplete by a fault of ours", call.sid(), bug);
        }
    }

    private void hangUp(EndReason reason) {
        if (script.hasLeg()) {
            script.leg().hangUp(reason.sipStatus());
            return;
        }
        call.media().ifPresent(MediaSession::close);
        if (call.origin() instanceof Origin.Inbound inbound) {
            call.journal().sipSent(Integer.toString(reason.sipStatus()), Map.of());
            inbound.invite().dialog().refuse(reason.sipStatus(), reason.text(), List.of());
        }
    }
}
