package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent.FollowerPrepared;
import teleapi.call.CallEvent.FollowerPrepared.Prepared;
import teleapi.call.Controls;
import teleapi.call.Leader;
import teleapi.call.Sid;
import teleapi.call.script.Provisions.Provision;

/**
 * Modifications that are ready but for their leader's word.
 *
 * <pre>
 * Thread  the call's
 * Source  ADR-0010
 * </pre>
 */
final class HeldBack {
    /** One of them, and what was got for it. */
    record Held(CallCommand.Modify command, Provision provision) {}

    private final Map<Sid, Held> held = new LinkedHashMap<>();

    /** The leader learns that it is ready. */
    void add(CallCommand.Modify command, Provision provision, Leader leader) {
        Sid sid = command.modification().sid();
        held.put(sid, new Held(command, provision));
        leader.post(new FollowerPrepared(sid, Prepared.READY, 0, ""));
    }

    /** Its leader has decided; empty: it is not held back. */
    Optional<Held> take(Sid modification) {
        return Optional.ofNullable(held.remove(modification));
    }

    /** Those that give a first document are redirects in preparation like any other. */
    List<CallCommand.Modify> takeFirstDocuments() {
        List<CallCommand.Modify> first = held.values().stream()
                .map(Held::command)
                .filter(command -> command.modification().redirect().isPresent())
                .toList();
        first.forEach(command -> held.remove(command.modification().sid()));
        return first;
    }

    /** Those whose sound was asked for before a request that stops it. */
    List<CallCommand.Modify> takeSounds(Controls.Stop wanted, long before) {
        List<CallCommand.Modify> stopped = held.values().stream()
                .filter(ready -> ready.provision().request() < before
                        && ready.provision().sound().isPresent())
                .map(Held::command)
                .filter(command -> wanted.stops(command.modification().sid()))
                .toList();
        stopped.forEach(command -> held.remove(command.modification().sid()));
        return stopped;
    }

    List<Held> all() {
        return List.copyOf(held.values());
    }
}
