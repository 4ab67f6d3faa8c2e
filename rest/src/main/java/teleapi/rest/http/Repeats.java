package teleapi.rest.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Folds a POST without a key into an identical one whose answer the client does not have: it gets that answer, and nothing is done twice.
 *
 * <p>Of each subject only the last request counts. Two different ones at work at the same time spoil each other, since nobody can tell which
 * of them the call has taken last; the same holds for two identical ones that are not harmless.
 *
 * <pre>
 * Shape   while the earlier one is at work, and 2 s after an answer that was lost or that left open whether something was done
 * Thread  any; each step of a subject is one step of its map entry
 * Errors  Refused 503 when too many wait for one answer
 * Source  peers.md 2.10; ADR-0012
 * </pre>
 */
final class Repeats {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    /** Clients send six at most. */
    private static final int MOST_WAITING = 16;

    /** Lost answers that are remembered; they are as rare as broken connections. */
    private static final int MOST_LOST = 10_000;

    /** Longer than the longest Prefer: wait. */
    private static final Duration LONGEST_WORK = Duration.ofSeconds(40);

    /** One request. */
    private static final class Turn {
        final String subject;
        final Optional<String> fingerprint;
        final Mailbox<Reply> answer;

        Turn(String subject, Optional<String> fingerprint, Mailbox<Reply> answer) {
            this.subject = subject;
            this.fingerprint = fingerprint;
            this.answer = answer;
        }

        boolean sameAs(Turn other) {
            return fingerprint.isPresent() && fingerprint.equals(other.fingerprint);
        }
    }

    /**
     * How far one has come.
     *
     * @param told one of those that waited has got the answer
     */
    private record Progress(boolean harmless, List<Turn> waiting, Optional<Reply> reply, boolean told) {}

    private sealed interface State {
        /** @param before what counts again when this turns out to have changed nothing */
        record Working(Map<Turn, Progress> turns, boolean crossed, Optional<Lost> before) implements State {}

        /** It is being written, and its client is there: who comes now comes after it. */
        record Sent(Turn turn, Reply reply) implements State {}

        /** Its client does not know what came of it. */
        record Lost(Turn turn, Reply reply, Deadline end) implements State {}
    }

    private final World world;
    private final ConcurrentHashMap<String, State> subjects = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<State.Lost> lost = new ConcurrentLinkedQueue<>();

    Repeats(World world) {
        this.world = world;
    }

    /**
     * @param fingerprint of the whole request; empty for one with a key, which changes its subject like any other and is never folded
     * @param work answers whatever happens, and throws nothing that is expected
     */
    Exchange answer(Folding folding, Optional<String> fingerprint, Supplier<Reply> work) {
        Optional<String> subject = folding.subject().or(() -> fingerprint);
        if (subject.isEmpty()) {
            return Exchange.of(work.get());
        }
        forget();
        Turn turn = new Turn(subject.get(), fingerprint, world.mailbox("repeat of " + subject.get(), 1));
        State now = subjects.compute(turn.subject, (same, there) -> begun(there, turn, folding.harmless()));
        return switch (now) {
            case State.Lost there -> repeat(turn, there.reply());
            case State.Sent there -> throw new IllegalStateException("a request cannot join one that is over");
            case State.Working working when working.turns().containsKey(turn) -> first(turn, work);
            case State.Working working -> repeat(turn, shared(turn, working));
        };
    }

    private State begun(@Nullable State there, Turn turn, boolean harmless) {
        return switch (there) {
            case null -> working(turn, harmless, Optional.empty());
            case State.Sent over -> working(turn, harmless, Optional.empty());
            case State.Lost before when before.end().passed(world.time()) -> working(turn, harmless, Optional.empty());
            case State.Lost before ->
                before.turn().sameAs(turn) ? before : working(turn, harmless, Optional.of(before));
            case State.Working working -> joined(working, turn, harmless);
        };
    }

    private static State.Working working(Turn turn, boolean harmless, Optional<State.Lost> before) {
        return new State.Working(
                Map.of(turn, new Progress(harmless, List.of(), Optional.empty(), false)), false, before);
    }

    private static State.Working joined(State.Working working, Turn turn, boolean harmless) {
        Map<Turn, Progress> turns = new HashMap<>(working.turns());
        if (!working.crossed()) {
            Turn first = working.turns().keySet().iterator().next();
            Progress progress = working.turns().values().iterator().next();
            if (first.sameAs(turn) && progress.harmless()) {
                if (progress.waiting().size() < MOST_WAITING) {
                    List<Turn> waiting = new ArrayList<>(progress.waiting());
                    waiting.add(turn);
                    turns.put(first, new Progress(true, List.copyOf(waiting), progress.reply(), progress.told()));
                }
                return new State.Working(Map.copyOf(turns), false, working.before());
            }
        }
        turns.put(turn, new Progress(harmless, List.of(), Optional.empty(), false));
        return new State.Working(Map.copyOf(turns), true, Optional.empty());
    }

    private Exchange first(Turn turn, Supplier<Reply> work) {
        Optional<Reply> reply = Optional.empty();
        try {
            reply = Optional.of(work.get());
            done(turn, reply.get());
            return new Exchange(reply.get(), there -> end(turn, there), well -> written(turn, well), true);
        } finally {
            if (reply.isEmpty()) {
                end(turn, true);
            }
        }
    }

    private Exchange repeat(Turn turn, Reply reply) {
        return new Exchange(Replay.of(reply), there -> told(turn, there), well -> written(turn, well), true);
    }

    private Reply shared(Turn turn, State.Working working) {
        Progress progress = working.turns().values().iterator().next();
        if (!progress.waiting().contains(turn)) {
            throw Refused.with(Code.UNAVAILABLE, "too many identical requests are waiting")
                    .retryAfter(1);
        }
        return progress.reply()
                .or(() -> turn.answer.take(world.time().after(LONGEST_WORK)))
                .orElseThrow(() -> Refused.with(Code.UNAVAILABLE, "an identical request is still running")
                        .retryAfter(1));
    }

    /** It is answered; whether its client is there is not known yet. */
    private void done(Turn turn, Reply reply) {
        List<Turn> waited = new ArrayList<>();
        subjects.computeIfPresent(turn.subject, (same, there) -> {
            if (!(there instanceof State.Working working)) {
                return there;
            }
            Map<Turn, Progress> turns = new HashMap<>(working.turns());
            turns.computeIfPresent(turn, (mine, progress) -> {
                waited.addAll(progress.waiting());
                return new Progress(progress.harmless(), progress.waiting(), Optional.of(reply), progress.told());
            });
            return new State.Working(Map.copyOf(turns), working.crossed(), working.before());
        });
        waited.forEach(other -> other.answer.post(reply));
    }

    /** It is answered, to a client who is there or not. */
    private void end(Turn turn, boolean heard) {
        subjects.computeIfPresent(
                turn.subject,
                (same, there) -> there instanceof State.Working working ? without(working, turn, heard) : there);
    }

    private @Nullable State without(State.Working working, Turn turn, boolean heard) {
        Map<Turn, Progress> turns = new HashMap<>(working.turns());
        Progress progress = turns.remove(turn);
        if (!turns.isEmpty()) {
            return new State.Working(Map.copyOf(turns), true, Optional.empty());
        }
        if (progress == null || progress.reply().isEmpty() || working.crossed() || turn.fingerprint.isEmpty()) {
            return null;
        }
        Reply reply = progress.reply().get();
        if (reply.nothingDone()) {
            return working.before()
                    .filter(before -> !before.end().passed(world.time()))
                    .orElse(null);
        }
        boolean known = (heard || progress.told()) && !reply.openWhetherDone();
        return known ? new State.Sent(turn, reply) : remembered(turn, reply);
    }

    private void written(Turn turn, boolean well) {
        subjects.computeIfPresent(turn.subject, (same, there) -> {
            if (!(there instanceof State.Sent sent) || sent.turn() != turn) {
                return there;
            }
            return well ? null : remembered(turn, sent.reply());
        });
    }

    /** A repeat has got the answer: who sends the same again means it. */
    private void told(Turn repeat, boolean heard) {
        if (heard) {
            subjects.computeIfPresent(repeat.subject, (same, there) -> switch (there) {
                case State.Lost before ->
                    before.turn().sameAs(repeat) && !before.reply().openWhetherDone()
                            ? new State.Sent(repeat, before.reply())
                            : before;
                case State.Sent sent -> sent;
                case State.Working working -> toldWhileWorking(working, repeat);
            });
        }
    }

    private static State.Working toldWhileWorking(State.Working working, Turn repeat) {
        Map<Turn, Progress> turns = new HashMap<>(working.turns());
        turns.replaceAll((turn, progress) -> progress.waiting().contains(repeat)
                ? new Progress(progress.harmless(), progress.waiting(), progress.reply(), true)
                : progress);
        return new State.Working(Map.copyOf(turns), working.crossed(), working.before());
    }

    private void forget() {
        State.Lost oldest = lost.peek();
        while (oldest != null && (oldest.end().passed(world.time()) || subjects.mappingCount() > MOST_LOST)) {
            lost.remove(oldest);
            subjects.remove(oldest.turn().subject, oldest);
            oldest = lost.peek();
        }
    }

    private State.Lost remembered(Turn turn, Reply reply) {
        State.Lost now = new State.Lost(turn, reply, world.time().after(WINDOW));
        lost.add(now);
        return now;
    }
}
