package teleapi.flows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.webhook.HttpAsk;

/**
 * What an exploration is told of its conferences, by callbacks and as events: numbered without gaps, and ended once.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  CONTRACT section 4 "exactly one final event"; ADR-0015
 * </pre>
 */
final class RoomLedger {
    /** In a Conference noun: tell everything. */
    static final String SUBSCRIPTION = " statusCallback=\"http://app/conference\""
            + " statusCallbackEvent=\"start end join leave mute hold modify speaker announcement\"";

    private final House house;
    private final Map<String, List<String>> told = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();

    RoomLedger(House house) {
        this.house = house;
    }

    /** A callback of a conference has come. */
    void told(HttpAsk ask) {
        String room = ask.parameters().getOrDefault("ConferenceSid", "");
        String what = ask.parameters().getOrDefault("StatusCallbackEvent", "");
        List<String> before = told.computeIfAbsent(room, fresh -> new ArrayList<>());
        if (!Integer.toString(before.size()).equals(ask.parameters().get("SequenceNumber"))) {
            violations.add("I9: " + what + " of " + room + " has number "
                    + ask.parameters().get("SequenceNumber") + " after " + before);
        }
        if (before.contains("conference-end")) {
            violations.add("I9: " + what + " of " + room + " after its end: " + before);
        }
        before.add(what);
    }

    /** How many conferences told of themselves. */
    int rooms() {
        return told.size();
    }

    /** What is wrong when all is over. */
    List<String> violations() {
        told.forEach((room, all) -> {
            if (!all.getLast().equals("conference-end")) {
                violations.add("I9: " + room + " was not told to have ended: " + all);
            }
            long joined = all.stream().filter("participant-join"::equals).count();
            long left = all.stream().filter("participant-leave"::equals).count();
            if (joined != left) {
                violations.add("I9: " + room + ": " + joined + " joined, " + left + " left: " + all);
            }
        });
        var ends = new HashMap<String, Integer>();
        for (AccountEvent event : house.memory.events) {
            if (event.what().equals("conference-end")) {
                ends.merge(event.values().getOrDefault("conference_sid", ""), 1, Integer::sum);
            }
        }
        house.memory.conferences.forEach((sid, record) -> {
            if (record.status() != ConferenceRecord.Status.COMPLETED) {
                violations.add("I1: conference " + sid + " is " + record.status());
            }
            if (ends.getOrDefault(sid.text(), 0) != 1) {
                violations.add("I9: " + ends.get(sid.text()) + " ends of conference " + sid + " as events");
            }
        });
        return violations;
    }
}
