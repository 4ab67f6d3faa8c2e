package teleapi.flows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import teleapi.call.CallStatus;
import teleapi.call.Direction;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.records.JournalEntry;
import teleapi.call.records.Notification;

/**
 * What became of the redirects of one exploration: which documents began on which calls, held against what was asked and what was told.
 *
 * <p>Every document of a redirect has an element named as its modification. RCML knows no such verb, so its beginning is a notification.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  reference/reliability.md 5.1: I4, I6, I10
 * </pre>
 */
final class Redirects {
    private record Asked(Sid call, boolean moves) {}

    private record Began(Sid call, Sid modification) {}

    private final House house;
    private final Map<Sid, Asked> asked = new LinkedHashMap<>();
    /** As they are numbered; those of one call as they got into its mailbox. */
    private final List<Sid> order = new ArrayList<>();

    private final Map<Sid, Sid> lastPosted = new LinkedHashMap<>();

    private final Map<Sid, State> outcomes = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int moved;

    Redirects(House house) {
        this.house = house;
    }

    /** What a document of this redirect begins with. */
    static String mark(Sid modification) {
        return "<" + modification + "/>";
    }

    void asked(Sid modification, Sid call, boolean moves) {
        numbered(modification, call, moves);
        posted(modification);
    }

    /** It has its number, and gets into the mailbox of its call later. */
    void numbered(Sid modification, Sid call, boolean moves) {
        order.add(modification);
        asked.put(modification, new Asked(call, moves));
    }

    /** It gets into the mailbox of its call only now: after whatever got there before, with a higher number or not. */
    void posted(Sid modification) {
        Sid before = lastPosted.put(redirect(modification).call(), modification);
        if (before != null && order.indexOf(before) > order.indexOf(modification)) {
            order.remove(modification);
            order.add(order.indexOf(before) + 1, modification);
        }
    }

    /** A redirect without a document, which nothing marks. */
    void askedWithoutDocument(Sid modification) {
        order.add(modification);
    }

    /** A last status. */
    void told(ModificationStatus status) {
        Asked redirect = asked.get(status.sid());
        if (redirect == null) {
            return;
        }
        outcomes.put(status.sid(), status.state());
        if (status.state() != State.APPLIED || replacedTheFirst(status.call())) {
            return;
        }
        if (!began(redirect.call(), status.sid())) {
            violations.add("I4: " + status.sid() + " is told to be applied, but its document has not begun on "
                    + redirect.call());
        }
        // A leader whose new document was over at once does not wait for its follower.
        if (redirect.moves() && !status.call().status().ended()) {
            house.switchboard.live(house.account.sid()).stream()
                    .filter(call -> !call.status().ended())
                    .map(CallRecord::sid)
                    .filter(call -> !call.equals(redirect.call()))
                    .forEach(call -> followed(call, status.sid(), redirect.call()));
        }
    }

    /** I6: a live call that was asked to move along runs the document by now, or a later redirect of its own. */
    private void followed(Sid call, Sid modification, Sid leader) {
        List<JournalEntry> journal = house.switchboard
                .find(house.account.sid(), call)
                .map(found -> found.journal().entries())
                .orElse(List.of());
        if (journal.stream()
                .noneMatch(entry -> entry.what().equals("move along")
                        && modification.text().equals(entry.details().get("ModificationSid")))) {
            return;
        }
        if (began(call, modification)) {
            moved++;
        } else if (journal.stream().noneMatch(entry -> tookLater(entry, modification))) {
            violations.add("I6: " + modification + " moved " + leader + " and not " + call + ", whose journal is "
                    + journal.subList(Math.max(0, journal.size() - 25), journal.size()).stream()
                            .map(JournalEntry::line)
                            .collect(Collectors.joining("\n")));
        }
    }

    private boolean tookLater(JournalEntry entry, Sid modification) {
        return (entry.what().equals("modify") || entry.what().equals("move along"))
                && Optional.ofNullable(entry.details().get("ModificationSid"))
                        .map(Sid::new)
                        .filter(other -> order.indexOf(other) > order.indexOf(modification))
                        .isPresent();
    }

    private static boolean replacedTheFirst(CallRecord call) {
        return call.direction() == Direction.OUTBOUND_API
                && (call.status() == CallStatus.QUEUED || call.status() == CallStatus.RINGING);
    }

    private boolean began(Sid call, Sid modification) {
        return house.memory.notifications.stream()
                .anyMatch(note -> note.callSid().equals(Optional.of(call)) && names(note, modification));
    }

    private static boolean names(Notification note, Sid modification) {
        return !note.error() && note.message().contains(modification.text());
    }

    private Asked redirect(Sid modification) {
        return Optional.ofNullable(asked.get(modification)).orElseThrow();
    }

    private List<Began> all() {
        var began = new ArrayList<Began>();
        for (Notification note : house.memory.notifications) {
            int at = note.message().indexOf(Sid.MODIFICATION + "0");
            if (!note.error() && at >= 0) {
                Sid.parse(Sid.MODIFICATION, note.message().substring(at, at + 34))
                        .ifPresent(sid -> began.add(new Began(note.callSid().orElseThrow(), sid)));
            }
        }
        return began;
    }

    /** When the newest document of a redirect began on this call. */
    Optional<Instant> lastBegan(Sid call) {
        return house.memory.notifications.stream()
                .filter(note -> note.callSid().equals(Optional.of(call))
                        && !note.error()
                        && note.message().contains(Sid.MODIFICATION + "0"))
                .map(Notification::date)
                .max(Comparator.naturalOrder());
    }

    /** How many connected legs were seen to move along. */
    int moved() {
        return moved;
    }

    /** To be called once all is over. */
    List<String> violations() {
        List<Began> all = all();
        for (Notification note : house.memory.notifications) {
            all.stream()
                    .filter(began -> note.error()
                            && note.message().startsWith("redirect " + began.modification() + " failed")
                            && outcomes.get(began.modification()) != State.ENDED)
                    .forEach(began -> violations.add("I6: " + began.modification() + " failed for "
                            + note.callSid().orElseThrow() + ", and its document began on " + began.call()));
        }
        var newest = new LinkedHashMap<Sid, Sid>();
        for (Began began : all) {
            Asked redirect = redirect(began.modification());
            State outcome = outcomes.getOrDefault(began.modification(), State.ENDED);
            if (outcome != State.APPLIED && outcome != State.ENDED) {
                violations.add("I10: the document of " + began.modification() + ", which is " + outcome + ", began on "
                        + began.call());
            }
            if (redirect.call().equals(began.call()) && outcome == State.ENDED) {
                violations.add("I4: the document of " + began.modification() + ", told to have come too late, began on "
                        + began.call());
            }
            Sid before = newest.put(began.call(), began.modification());
            if (before == null || before.equals(began.modification())) {
                continue;
            }
            boolean here = redirect.call().equals(began.call());
            // A redirect of this call that was asked before a move from the other leg may still come after it.
            boolean comparable = !here || redirect(before).call().equals(began.call());
            boolean older = comparable && order.indexOf(before) > order.indexOf(began.modification());
            if (older) {
                violations.add("I4: " + began.call() + " ran " + before + ", then the older " + began.modification());
            }
        }
        house.memory.journals.forEach((call, journal) -> leftBehind(call, journal.entries()));
        return violations;
    }

    /** I3: one that a later redirect has overtaken was applied, failed or superseded; it did not wait for the end of the call. */
    private void leftBehind(Sid call, List<JournalEntry> journal) {
        List<Sid> taken = journal.stream()
                .filter(entry -> entry.what().equals("modify"))
                .flatMap(entry ->
                        Sid.parse(Sid.MODIFICATION, entry.details().getOrDefault("ModificationSid", "")).stream())
                .filter(asked::containsKey)
                .toList();
        Optional<Sid> applied = Optional.empty();
        for (Sid modification : taken.reversed()) {
            State outcome = outcomes.getOrDefault(modification, State.ENDED);
            if (outcome == State.ENDED && applied.isPresent()) {
                violations.add("I3: " + modification + " waited for the end of " + call + ", though " + applied.get()
                        + ", which is later, was applied");
            }
            if (outcome == State.APPLIED) {
                applied = Optional.of(modification);
            }
        }
    }
}
