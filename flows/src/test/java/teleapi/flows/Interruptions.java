package teleapi.flows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import teleapi.call.records.JournalEntry;

/**
 * One verb, cut off in the instants in which the call takes or does anything while it runs, in the milliseconds around its start and its end,
 * and between.
 *
 * <pre>
 * Thread  the test's
 * </pre>
 */
final class Interruptions {
    private static final long MILLISECOND = 1_000_000;
    /** So many around a start or an end, before and after. */
    private static final int AROUND = 5;

    private static final int PARTS = 8;

    private final InterruptedVerb verb;
    private final List<Undisturbed> undisturbed = new ArrayList<>();

    /** How it goes when nobody interrupts: when the verb begins and ends, when anything happens meanwhile, and how often what comes after it runs. */
    record Undisturbed(long seed, long begin, long end, List<Long> instants, int tails, boolean legs) {}

    /** A moment of such a run. */
    record Moment(Undisturbed run, long nanos) {
        boolean within() {
            return nanos > run.begin && nanos < run.end;
        }
    }

    Interruptions(InterruptedVerb verb, int seeds) throws IOException {
        this.verb = verb;
        for (long seed = 1; seed <= seeds; seed++) {
            undisturbed.add(undisturbed(seed));
        }
    }

    /** Plays so many of each kind, on the call itself and on the other leg; those that violate anything. */
    List<String> violations(int most) throws IOException {
        var violations = new ArrayList<String>();
        for (Interrupting how : Interrupting.values()) {
            for (boolean leg : new boolean[] {false, true}) {
                for (Moment moment : moments(how, leg).subList(0, most)) {
                    if (!leg || moment.run().legs()) {
                        violations.addAll(play(how, leg, moment));
                    }
                }
            }
        }
        return violations;
    }

    private Undisturbed undisturbed(long seed) throws IOException {
        try (var call = new InterruptedCall(verb, seed)) {
            call.playOut();
            List<JournalEntry> journal = call.journal(call.caller());
            JournalEntry begin = journal.stream()
                    .filter(entry -> entry.what().startsWith(verb.begins()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(verb + " does not begin" + call.story()));
            JournalEntry end = journal.stream()
                    .filter(entry -> entry.number() > begin.number() && CutOff.ends(entry))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(verb + " does not end" + call.story()));
            if (!call.violations().isEmpty()) {
                throw new AssertionError(verb + ", undisturbed: " + call.violations() + call.story());
            }
            return new Undisturbed(
                    seed,
                    call.nanos(begin),
                    call.nanos(end),
                    journal.stream()
                            .filter(entry -> entry.number() >= begin.number() && entry.number() <= end.number())
                            .map(call::nanos)
                            .distinct()
                            .toList(),
                    CutOff.tails(journal),
                    call.legs() > 0);
        }
    }

    /** First a start, an end and a middle, then all others, mixed. */
    private List<Moment> moments(Interrupting how, boolean leg) {
        var first = new ArrayList<Moment>();
        var others = new ArrayList<Moment>();
        var chance = new Random(verb.name().hashCode() + 31L * how.name().hashCode() + (leg ? 7 : 0));
        // What takes a while to come is to come at the end.
        long early = how == Interrupting.SLOW_URL ? InterruptedCall.SLOW.toNanos() : 0;
        var runs = new ArrayList<>(undisturbed);
        Collections.shuffle(runs, chance);
        for (Undisturbed run : runs) {
            long length = run.end() - run.begin();
            first.add(new Moment(run, run.begin()));
            first.add(new Moment(run, run.end() - early));
            first.add(new Moment(run, run.begin() + Math.floorMod(chance.nextLong(), length + 1)));
            run.instants().forEach(instant -> others.add(new Moment(run, instant - early)));
            for (int millis = -AROUND; millis <= AROUND; millis++) {
                others.add(new Moment(run, run.begin() + millis * MILLISECOND));
                others.add(new Moment(run, run.end() - early + millis * MILLISECOND));
            }
            for (int part = 1; part < PARTS; part++) {
                others.add(new Moment(run, run.begin() + part * length / PARTS));
            }
        }
        Collections.shuffle(others, chance);
        var moments = new ArrayList<>(first.subList(0, 3));
        moments.addAll(others);
        moments.addAll(first.subList(3, first.size()));
        return moments;
    }

    private List<String> play(Interrupting how, boolean leg, Moment moment) throws IOException {
        try (var call = new InterruptedCall(verb, moment.run().seed())) {
            call.interrupt(how, leg, moment.nanos());
            call.playOut();
            var violations = new ArrayList<>(call.violations());
            call.target()
                    .ifPresent(target -> violations.addAll(new CutOff(verb, call, how, target, moment).violations()));
            return violations.isEmpty()
                    ? List.of()
                    : List.of("\n" + verb + ", " + how + (leg ? " of the leg" : "") + " at " + moment.nanos() + " of "
                            + moment.run() + ": " + violations + call.story());
        }
    }
}
