package teleapi.flows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Sid;
import teleapi.call.records.JournalEntry;
import teleapi.call.webhook.HttpAsk;

/**
 * What a modification has made of a verb, held against docs/api/live-call-modification.md: the documents that ran, and the action.
 *
 * <pre>
 * Thread  the test's
 * </pre>
 */
final class CutOff {
    /** The documents of modifications, and those that run inside a verb, have one line. */
    private static final Pattern RUNS = Pattern.compile("runs \\w+ at (\\d+):.*");

    private static final int AFTER_THE_VERB = 3;
    private static final long A_PACKET = 25_000_000;

    private final InterruptedVerb verb;
    private final InterruptedCall call;
    private final Interrupting how;
    private final Sid target;
    private final Interruptions.Moment moment;
    private final boolean ofCaller;
    private final List<JournalEntry> journal;
    private final Optional<ModificationStatus> told;
    private final boolean applied;
    /** The document of the modification begins on the caller's call. */
    private final Optional<JournalEntry> switched;

    private final List<HttpAsk> actions;
    private final Optional<String> interrupted;
    private final List<String> violations = new ArrayList<>();

    CutOff(InterruptedVerb verb, InterruptedCall call, Interrupting how, Sid target, Interruptions.Moment moment) {
        this.verb = verb;
        this.call = call;
        this.how = how;
        this.target = target;
        this.moment = moment;
        Sid caller = call.caller();
        ofCaller = target.equals(caller);
        journal = call.journal(caller);
        told = call.told();
        applied = told.filter(status -> status.state() == State.APPLIED).isPresent();
        switched = how.replaces() ? began(caller) : Optional.empty();
        actions = call.asked("/action").stream()
                .filter(ask -> caller.text().equals(ask.parameters().get("CallSid")))
                .toList();
        interrupted = actions.stream()
                .flatMap(ask -> Optional.ofNullable(ask.parameters().get("Interrupted")).stream())
                .findFirst();
    }

    List<String> violations() {
        documents();
        action();
        boolean cutsIn = ofCaller && (how.replaces() || how == Interrupting.COMPLETED);
        if (cutsIn && moment.within() && how != Interrupting.SLOW_URL) {
            inTheMiddle();
        }
        if (how == Interrupting.COMPLETED && applied) {
            end();
        }
        if (how == Interrupting.OVERLAY) {
            over();
        }
        return violations;
    }

    private void documents() {
        switched.ifPresent(mark -> journal.stream()
                .filter(entry -> entry.number() > mark.number() && (line(entry) > 1 || requests(entry)))
                .forEach(entry -> violations.add("the old document goes on: " + entry.line())));
        switched.ifPresent(this::recordings);
        if (cutOff() && how != Interrupting.MOVE) {
            Instant then = switched.map(JournalEntry::time).orElseGet(() -> call.end(target));
            // CONTRACT section 2: what rings is cancelled, who is connected is hung up.
            call.dialledAfter(then.plusNanos(A_PACKET))
                    .forEach(leg -> violations.add(leg + " goes on without the Dial"));
        }
        // A caller who would have hung up is left with the rest of its document when the other leg goes first.
        int most = ofCaller ? moment.run().tails() : 1;
        if (!cutOff() && !hungUp() && (tails(journal) < moment.run().tails() || tails(journal) > most)) {
            violations.add("what comes after the verb ran " + tails(journal) + " times");
        }
        if (how == Interrupting.MOVE && applied) {
            peer().filter(other -> began(other).isEmpty())
                    .ifPresent(other -> violations.add(other + " was connected, and did not move along"));
        }
    }

    /** Whether the old document has asked the application for something; the action of a Record waits for the file. */
    private boolean requests(JournalEntry entry) {
        String path = entry.details().getOrDefault("Url", "").replace("http://app", "");
        return entry.way() == JournalEntry.Way.OUT
                && InterruptedCall.OF_THE_DOCUMENT.contains(path)
                && !(path.equals("/action") && verb.elements().contains("Record"));
    }

    /** docs/api/recordings.md: what there is is kept, and no more. */
    private void recordings(JournalEntry mark) {
        long begun = journal.stream()
                .filter(entry -> entry.number() < mark.number() && entry.what().equals("recording begins"))
                .count();
        long ended = journal.stream()
                .filter(entry ->
                        entry.nanos() <= mark.nanos() + A_PACKET && entry.what().equals("recording ends"))
                .count();
        if (ended < begun) {
            violations.add(ended + " of " + begun + " recordings have ended with the verb");
        }
    }

    private void action() {
        boolean begun = journal.stream().anyMatch(entry -> entry.what().startsWith(verb.begins()));
        boolean owed = begun && verb.action() == InterruptedVerb.Action.OWED;
        if (actions.size() > 1 || (owed && actions.isEmpty())) {
            violations.add(actions.size() + " requests for the action");
        }
        if (interrupted.isPresent() && !cutOff() && !hungUp()) {
            violations.add("Interrupted=" + interrupted.get() + ", though nothing has cut it off");
        }
        if (interrupted.isPresent() && cutOff()) {
            same("Interrupted", Optional.of(how.replaces() ? "redirect" : "ended"), interrupted);
            same(
                    "ModificationSid",
                    told.map(status -> status.sid().text()),
                    Optional.ofNullable(actions.getFirst().parameters().get("ModificationSid")));
        }
    }

    /** It has begun and would have gone on: there is no doubt what comes first. */
    private void inTheMiddle() {
        boolean owed = verb.action() == InterruptedVerb.Action.OWED;
        same("state", Optional.of(State.APPLIED), told.map(ModificationStatus::state));
        same("actions", owed ? 1 : 0, actions.size());
        same("cut off", owed, interrupted.isPresent());
        same("verbs after it", 0, tails(journal));
        if (verb.elements().contains("Connect") && call.streamed()) {
            String reason = how.replaces() ? "redirected" : "ended";
            List<String> stops = call.stops();
            same("stops", 1, stops.size());
            stops.stream()
                    .filter(stop -> !stop.contains("\"" + reason + "\""))
                    .forEach(stop -> violations.add("the server is told " + stop));
        }
    }

    private void end() {
        List<String> causes = call.finals(target).stream()
                .map(ask -> ask.parameters().getOrDefault("Cause", ""))
                .toList();
        same("cause of the end", List.of("api"), causes);
    }

    private void over() {
        long began = call.journal(target).stream()
                .filter(entry -> entry.what().contains("\"" + InterruptedCall.OVER + "\""))
                .count();
        boolean mayHave = told.filter(status -> status.state() == State.ENDED).isPresent();
        if (began > 1 || ((began == 1) != applied && !mayHave)) {
            violations.add("the document over the call began " + began + " times, applied: " + applied);
        }
        // Keys are sent all the same, whatever is heard.
        boolean ownTime = verb.cues().isEmpty() && verb.action() != InterruptedVerb.Action.OWED;
        if (ofCaller
                && applied
                && moment.within()
                && ownTime
                && !verb.document().contains("digits=")) {
            comesBack();
        }
    }

    /** What runs below has its time for itself: its end comes later by as much. */
    private void comesBack() {
        long away = nanos(entry -> entry.what().equals("goes on with what ran before"))
                - nanos(entry -> entry.what().equals("modify"));
        long late = nanos(CutOff::ends) - moment.run().end();
        // A sound is fetched meanwhile all the same.
        if (late > away + A_PACKET || late < away - A_PACKET - InterruptedCall.FETCH.toNanos()) {
            violations.add("away for " + away + " ns, and late by " + late);
        }
    }

    private long nanos(Predicate<JournalEntry> which) {
        return journal.stream().filter(which).map(call::nanos).findFirst().orElse(0L);
    }

    private <T> void same(String what, T wanted, T seen) {
        if (!wanted.equals(seen)) {
            violations.add(what + ": " + seen + ", not " + wanted);
        }
    }

    /** Whether the modification has taken the caller away from its document. */
    private boolean cutOff() {
        return switched.isPresent() || (how == Interrupting.COMPLETED && ofCaller && applied);
    }

    private boolean hungUp() {
        return journal.stream()
                .anyMatch(entry -> (entry.what().equals("BYE") && entry.way() == JournalEntry.Way.IN)
                        || entry.what().equals("hang up"));
    }

    private Optional<JournalEntry> began(Sid there) {
        return told.flatMap(status -> call.journal(there).stream()
                .filter(entry -> InterruptedCall.marks(entry, status.sid()))
                .findFirst());
    }

    /** With whom the target was connected when it took the modification, if neither leg ended meanwhile. */
    private Optional<Sid> peer() {
        Optional<Sid> peer = Optional.empty();
        for (JournalEntry entry : call.journal(target)) {
            if (entry.what().equals("modify")) {
                return peer.filter(other -> call.finals(other).stream()
                        .noneMatch(ask ->
                                ask.parameters().getOrDefault("Cause", "").startsWith("calle")));
            }
            peer = switch (entry.what()) {
                case "bridged" -> Optional.of(new Sid(entry.peer()));
                case "bridge left" -> Optional.empty();
                default -> peer;
            };
        }
        return Optional.empty();
    }

    /** How often what stands behind the verb, or the document of its action, ran. */
    static int tails(List<JournalEntry> journal) {
        return (int)
                journal.stream().filter(entry -> line(entry) >= AFTER_THE_VERB).count();
    }

    /** The next verb, the request for the action, or the end. */
    static boolean ends(JournalEntry entry) {
        String url = entry.details().getOrDefault("Url", "");
        return line(entry) >= AFTER_THE_VERB
                || entry.what().startsWith("ends: ")
                || (entry.way() == JournalEntry.Way.OUT && (url.endsWith("/action") || url.endsWith("/next")));
    }

    private static int line(JournalEntry entry) {
        Matcher runs = RUNS.matcher(entry.what());
        return runs.matches() ? Integer.parseInt(runs.group(1)) : 1;
    }
}
