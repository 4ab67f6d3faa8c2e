package teleapi.flows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import teleapi.call.Call;
import teleapi.call.ControlState;
import teleapi.call.Sid;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallRecord;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;

/**
 * Listens at every phone of an exploration now and then: who hears someone whom it may not?
 *
 * <p>Two calls may hear each other while a Dial joins them and neither has gone on to a document of its own, or while both are in one
 * conference; nobody hears one who is muted or on hold, and one who is deaf or on hold hears nobody. What has just ended may sound for a
 * moment: only what is heard without a break from one look to the next counts.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  ADR-0008 "How we would notice it was wrong"
 * </pre>
 */
final class Crosstalk {
    private record Heard(Sid listener, Sid speaker, String why, long since, long offers) {}

    private final House house;
    private final Redirects redirects;
    private final LiveDesk desk;
    private final Map<String, Integer> tones = new LinkedHashMap<>();
    private final Map<String, Sid> calls = new HashMap<>();
    private final Map<String, List<Sid>> met = new HashMap<>();
    private Set<Heard> before = Set.of();
    private int heard;

    Crosstalk(House house, Redirects redirects, LiveDesk desk, List<String> phones) {
        this.house = house;
        this.redirects = redirects;
        this.desk = desk;
        // Above all that ringing, music and beeps are made of.
        phones.forEach(phone -> tones.put(phone, 1_300 + 250 * tones.size()));
    }

    int tone(String phone) {
        return Optional.ofNullable(tones.get(phone)).orElseThrow();
    }

    List<Integer> tones() {
        return List.copyOf(tones.values());
    }

    void told(String phone, PhoneEvent event) {
        switch (event) {
            case PhoneEvent.Invited invited -> meet(phone, invited.callSid());
            case PhoneEvent.Answered answered -> meet(phone, answered.callSid());
            case PhoneEvent other -> {}
        }
    }

    private void meet(String phone, String callSid) {
        Sid.parse(Sid.CALL, callSid).ifPresent(sid -> {
            calls.put(phone, sid);
            met.computeIfAbsent(phone, first -> new ArrayList<>()).add(sid);
        });
    }

    /** How often somebody heard somebody. */
    int heard() {
        return heard;
    }

    /** One look; what was already wrong at the last look and still is. */
    List<String> look() {
        var wrong = new LinkedHashSet<Heard>();
        house.phones.forEach((name, phone) -> live(name).ifPresent(listener -> look(phone, listener, wrong)));
        var violations = new ArrayList<String>();
        for (Heard heardNow : wrong) {
            if (before.contains(heardNow)) {
                violations.add("crosstalk: " + heardNow.listener() + " hears " + heardNow.speaker() + ", "
                        + heardNow.why() + journal(heardNow.listener()) + journal(heardNow.speaker()));
            }
        }
        before = wrong;
        return violations;
    }

    private String journal(Sid call) {
        return house.switchboard
                .find(house.account.sid(), call)
                .map(found -> "; the journal of " + call + " is\n"
                        + String.join("\n", found.journal().lines()))
                .orElse("");
    }

    private void look(Phone phone, CallRecord listener, Set<Heard> wrong) {
        if (hearsTwo(phone.name(), listener)) {
            return;
        }
        var hearing = phone.hearing();
        tones.forEach((name, tone) -> {
            Optional<CallRecord> speaker = live(name)
                    .filter(call -> !call.sid().equals(listener.sid())
                            && hearing.tones().contains(tone));
            if (speaker.isPresent()) {
                heard++;
                why(listener, speaker.get())
                        .ifPresent(why -> wrong.add(new Heard(
                                listener.sid(),
                                speaker.get().sid(),
                                why,
                                hearing.since(),
                                offers(listener, speaker.get()).count())));
            }
        });
    }

    private Optional<CallRecord> live(String phone) {
        return Optional.ofNullable(calls.get(phone)).flatMap(sid -> house.switchboard.live(house.account.sid(), sid));
    }

    /** A phone whose BYE is still on its way gets the sound of two calls, a frame of each by turns: what it hears cannot be told apart. */
    private boolean hearsTwo(String phone, CallRecord listener) {
        return met.getOrDefault(phone, List.of()).stream()
                .anyMatch(sid -> !sid.equals(listener.sid())
                        && house.switchboard.live(house.account.sid(), sid).isPresent());
    }

    /** Why the one may not hear the other. */
    private Optional<String> why(CallRecord listener, CallRecord speaker) {
        if (speaker.muted()) {
            return Optional.of("who is muted");
        }
        if (controls(speaker).held()) {
            return Optional.of("who is on hold");
        }
        if (controls(listener).deaf()) {
            return Optional.of("though it is deaf");
        }
        if (controls(listener).held()) {
            return Optional.of("though it is on hold");
        }
        Optional<Sid> coached = speaker.conferenceSid().stream()
                .flatMap(room -> house.switchboard.rooms().participants(house.account.sid(), room).stream())
                .filter(member -> member.callSid().equals(speaker.sid()))
                .flatMap(member -> member.coaches().stream())
                .findAny();
        if (coached.filter(one -> !one.equals(listener.sid())).isPresent()) {
            return Optional.of("who is heard by another alone");
        }
        boolean together =
                listener.conferenceSid().isPresent() && listener.conferenceSid().equals(speaker.conferenceSid());
        return together
                        || desk.connected(listener.sid(), speaker.sid())
                        || dialled(listener, speaker)
                        || dialled(speaker, listener)
                        || queued(listener, speaker)
                        || queued(speaker, listener)
                ? Optional.empty()
                : Optional.of("with whom nothing joins it");
    }

    private ControlState controls(CallRecord call) {
        return house.switchboard
                .find(house.account.sid(), call.sid())
                .map(Call::controls)
                .orElse(ControlState.NONE);
    }

    /** Offered to the one by the queue, and neither has gone on to another document since. */
    private boolean queued(CallRecord waited, CallRecord by) {
        return offers(waited, by)
                .filter(offer -> offer.callSid().equals(Optional.of(waited.sid())))
                .anyMatch(offer -> Stream.of(waited, by)
                        .flatMap(call -> redirects.lastBegan(call.sid()).stream())
                        .noneMatch(began -> began.isAfter(offer.time())));
    }

    /** How often a queue has offered the one to the other: it may part them and join them anew between two looks. */
    private Stream<AccountEvent> offers(CallRecord one, CallRecord other) {
        return house.memory.events.stream()
                .filter(event -> event.topic() == AccountEvent.Topic.QUEUE
                        && event.what().equals("member-offer")
                        && Set.of(one.sid().text(), other.sid().text())
                                .equals(Set.of(
                                        event.callSid().map(Sid::text).orElse(""),
                                        event.values().getOrDefault("to", "nobody"))));
    }

    private boolean dialled(CallRecord parent, CallRecord child) {
        return child.parentSid().equals(Optional.of(parent.sid()))
                && redirects.lastBegan(child.sid()).isEmpty()
                && redirects
                        .lastBegan(parent.sid())
                        .filter(began -> began.isAfter(child.dateCreated()))
                        .isEmpty();
    }
}
