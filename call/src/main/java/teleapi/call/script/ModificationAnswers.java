package teleapi.call.script;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent.FollowerPrepared;
import teleapi.call.CallEvent.FollowerPrepared.Prepared;
import teleapi.call.Controls;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Plan;
import teleapi.call.Sid;

/**
 * What is told of each modification: every status in order, exactly one of them the last; then, once, that its first packet is out.
 *
 * <pre>
 * Thread  the call's
 * Errors  whoever listens and fails is logged; the call goes on
 * Source  CONTRACT section 2; ARCHITECTURE invariant 4; ADR-0009, ADR-0010
 * </pre>
 */
final class ModificationAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ModificationAnswers.class);

    static final int ENDED_CODE = 21220;

    /** A party to whom nothing is sent, on hold say, must not make us wait for more and more first packets. */
    private static final int MOST_WATCHED = 20;

    private record Watched(CallCommand.Modify command, ModificationStatus applied) {}

    private record Unsaid(CallCommand.Modify command, ModificationStatus status) {}

    private final Script script;
    private final Call call;
    /** Taken and not told a last status; whatever is left in it when the call ends is told that. */
    private final Map<Sid, CallCommand.Modify> open = new LinkedHashMap<>();

    private final Map<Sid, Long> takenAt = new LinkedHashMap<>();

    /** What was set after one was taken and before it takes effect. */
    private final Map<Sid, Controls> setLater = new LinkedHashMap<>();

    /** Applied, and the first packet since is not out, by the number of the watch. */
    private final Map<Long, Watched> watched = new LinkedHashMap<>();

    /** What is said when the call waits next: whoever asked hears of it behind what it asked for, never before. */
    private final Deque<Unsaid> unsaid = new ArrayDeque<>();

    ModificationAnswers(Script script) {
        this.script = script;
        this.call = script.call;
    }

    /** From now on it is owed a last status. */
    void taken(CallCommand.Modify command) {
        open.put(command.modification().sid(), command);
        takenAt.put(command.modification().sid(), script.time.nanos());
    }

    /** Those of the others that have been taken and are to begin a sound. */
    List<Modification> sounds(Sid but) {
        return open.values().stream()
                .map(CallCommand.Modify::modification)
                .filter(one -> !one.sid().equals(but) && one.controls().over().isPresent())
                .toList();
    }

    /** It was in the mailbox when the call ended. */
    void left(CallCommand.Modify command) {
        open.put(command.modification().sid(), command);
    }

    /**
     * What it asks of the live controls and takes effect now. States are set in the order in which modifications were accepted, though one
     * that waits for a document, a sound or its leader takes effect after a later one: of what both set, the later one's stays.
     */
    Controls controls(CallCommand.Modify command) {
        Controls asked = command.modification().controls();
        for (Sid waiting : open.keySet()) {
            if (waiting.equals(command.modification().sid())) {
                break;
            }
            setLater.merge(waiting, asked.states(Controls.UNCHANGED), Controls::states);
        }
        Controls later = setLater.get(command.modification().sid());
        return later == null ? asked : asked.without(later);
    }

    void applied(CallCommand.Modify command, Map<String, Duration> timings) {
        tell(command, State.APPLIED, 0, "", timings);
    }

    void planned(CallCommand.Modify command, Plan plan) {
        tell(command, State.PLANNED, 0, "", Map.of(), Optional.of(plan));
    }

    /** The leader of this one calls it off; nothing to tell when it is another call's, or told already. */
    void failed(Sid modification, int code, String reason, Map<String, Duration> timings) {
        Optional.ofNullable(open.get(modification))
                .ifPresent(command -> tell(command, State.FAILED, code, reason, timings));
    }

    /** The state forbids it after all; nothing to tell when it has been told already. */
    void refused(Sid modification, int code, String reason) {
        Optional.ofNullable(open.get(modification))
                .ifPresent(command -> tell(command, State.CONFLICT, code, reason, Map.of()));
    }

    void tell(CallCommand.Modify command, State state, int code, String reason, Map<String, Duration> timings) {
        tell(command, state, code, reason, timings, Optional.empty());
    }

    private void tell(
            CallCommand.Modify command,
            State state,
            int code,
            String reason,
            Map<String, Duration> timings,
            Optional<Plan> plan) {
        Sid sid = command.modification().sid();
        if (state.last() && open.remove(sid) == null) {
            // Told already. What is told twice would be a fault of ours, and no reason to tell it twice.
            call.journal().did(sid + " would be " + state + " as well");
            return;
        }
        var all = new LinkedHashMap<>(timings);
        Optional.ofNullable(takenAt.get(sid))
                .ifPresent(taken -> all.put("queued", Duration.ofNanos(taken - command.acceptedAt())));
        all.put(
                state == State.APPLIED ? "applied" : "told",
                Duration.ofNanos(script.time.nanos() - command.acceptedAt()));
        script.progress.modification(sid, state, code, reason);
        var status = new ModificationStatus(sid, state, code, reason, all, call.snapshot(), call.controls(), plan);
        if (state.last()) {
            takenAt.remove(sid);
            setLater.remove(sid);
            settled(command, status);
        }
        unsaid.add(new Unsaid(command, status));
        if (state.last() && state != State.APPLIED) {
            // Another call may wait for it, and what is done next may end that one.
            say();
        }
    }

    private void settled(CallCommand.Modify command, ModificationStatus status) {
        if (status.state() != State.APPLIED) {
            command.leader()
                    .ifPresent(leader -> leader.post(new FollowerPrepared(
                            status.sid(),
                            status.state() == State.ENDED ? Prepared.GONE : Prepared.FAILED,
                            status.code(),
                            status.reason())));
        } else if (script.hasLeg() && !status.call().status().ended() && watched.size() < MOST_WATCHED) {
            long request = script.nextId();
            watched.put(request, new Watched(command, status));
            script.media().watch(request);
        }
    }

    /** The first packet since a modification was applied is out; false: it is not about one. */
    boolean heard(long request) {
        Watched first = watched.remove(request);
        if (first == null) {
            return false;
        }
        CallCommand.Modify command = first.command();
        var timings = new LinkedHashMap<>(first.applied().timings());
        timings.put("first_packet", Duration.ofNanos(script.time.nanos() - command.acceptedAt()));
        unsaid.add(new Unsaid(
                command,
                new ModificationStatus(
                        first.applied().sid(),
                        State.HEARD,
                        0,
                        "",
                        timings,
                        call.snapshot(),
                        call.controls(),
                        Optional.empty())));
        return true;
    }

    /** The call has ended: everyone who still waits is told. */
    void ended() {
        List.copyOf(open.values())
                .forEach(command -> tell(command, State.ENDED, ENDED_CODE, "the call has ended", Map.of()));
    }

    /** Before every wait of the call, at its end, and with what came to nothing, in the order in which it was told. */
    void say() {
        for (Unsaid next = unsaid.poll(); next != null; next = unsaid.poll()) {
            try {
                next.command().modification().told().accept(next.status());
            } catch (RuntimeException bug) {
                // Whoever listens is no part of the call: it goes on, and the others are told.
                LOG.error("the status of {} could not be told", next.status().sid(), bug);
            }
        }
    }
}
