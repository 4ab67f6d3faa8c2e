package teleapi.flows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import teleapi.call.Accepted;
import teleapi.call.CallStatus;
import teleapi.call.Controls;
import teleapi.call.Direction;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallRecord;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;
import teleapi.sip.SipUri;

/**
 * One random life of the house: callers and callees that ring, answer, refuse and hang up when they like, an application that is slow, wrong
 * or down, a network that loses and doubles, and a desk that modifies whatever is live. Afterwards the invariants must hold.
 *
 * <pre>
 * Thread  the test's; the actors are simulated threads
 * Source  reference/reliability.md 5.1
 * </pre>
 */
final class Exploration {
    /** Longer than a mute, a redirect or a new bridge takes to be heard. */
    private static final Duration LOOK = Duration.ofMillis(700);

    /** A document is waited for 15 s, its fallback as long, and who follows begins at most as late. */
    private static final Duration LONGEST_PREPARATION = Duration.ofSeconds(65);

    private static final List<String> PATHS = List.of("/a", "/b", "/c", "/d");

    private final SimulatedWorld world;
    private final Random chance;
    private final Pace pace;
    private final House house;
    private final Outcomes outcomes = new Outcomes();
    private final Map<Sid, Sid> mutes = new LinkedHashMap<>();
    private final Map<String, List<Integer>> sequences = new LinkedHashMap<>();
    private final Map<String, Integer> finals = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Redirects redirects;
    private final LiveDesk liveDesk;
    private final Crosstalk crosstalk;
    private final RoomLedger ledger;
    private final RoomDesk roomDesk;
    private final Orphans orphans;
    private final TransferKey transferKey;

    Exploration(long seed, Pace pace) throws IOException {
        this.pace = pace;
        this.world = new SimulatedWorld(seed);
        this.chance = new Random(seed);
        this.house = new House(world, new Application(world, this::reply, request -> {}));
        this.redirects = new Redirects(house);
        this.ledger = new RoomLedger(house);
        this.orphans = new Orphans(house);
        this.transferKey = new TransferKey(house, chance);
        this.roomDesk = new RoomDesk(house, chance, outcomes);
        this.liveDesk = new LiveDesk(house, chance, outcomes, redirects);
        this.crosstalk =
                new Crosstalk(house, redirects, liveDesk, List.of("bob", "alice", "number", "caller0", "caller1"));
    }

    /** Plays it; what was violated, or nothing. */
    List<String> play() throws IOException {
        try (house) {
            for (String name : List.of("bob", "alice")) {
                callee(name, "client");
            }
            callee("number", "trunk");
            for (int i = 0; i < 2; i++) {
                caller("caller" + i);
            }
            world.runFor(Duration.ofSeconds(1).dividedBy(pace.haste()));
            if (chance.nextInt(3) > 0) {
                world.weather(Weather.FAIR
                        .withLoss(chance.nextDouble() * 0.1)
                        .withDuplication(chance.nextDouble() * 0.2)
                        .withReordering(chance.nextDouble() * 0.2));
            }
            world.start("desk", this::desk);
            while (busy()) {
                world.runFor(LOOK);
                violations.addAll(crosstalk.look());
                violations.addAll(orphans.look());
            }
            world.clearUp();
            if (!world.runUntil(outcomes.open()::isEmpty, LONGEST_PREPARATION)) {
                violations.add("I3: no outcome, though nobody disturbs them: " + outcomes.open());
            }
            violations.addAll(orphans.look());
            house.switchboard.hangUpAll("the exploration is over");
            house.phones.values().forEach(Phone::hangUp);
            // Timer B and F run for 32 s, a webhook for 15 s, twice for a callback.
            world.runFor(Duration.ofSeconds(100));
            check();
        }
        return violations;
    }

    /** How often what came to pass: outcomes of modifications and final states of calls. */
    Map<String, Integer> seen() {
        return seen;
    }

    // ---- the actors

    private void callee(String name, String kind) throws IOException {
        var phone = new Phone[1];
        phone[0] = house.phone(name, kind, crosstalk.tone(name), crosstalk.tones(), event -> {
            crosstalk.told(name, event);
            transferKey.told(event);
            if (event instanceof PhoneEvent.Invited) {
                world.start("behaviour of " + name, () -> beCalled(phone[0]));
            }
        });
    }

    private void beCalled(Phone phone) {
        pause(2_000);
        int mood = chance.nextInt(10);
        if (mood == 0) {
            phone.refuse(486);
        } else if (mood == 1) {
            phone.refuse(404);
        } else if (mood > 2) {
            if (chance.nextBoolean()) {
                phone.ring(chance.nextInt(4) == 0);
                pause(3_000);
            }
            phone.answer();
            pause(8_000);
            if (chance.nextBoolean()) {
                phone.hold(chance.nextBoolean());
                pause(2_000);
            }
            if (transferKey.press(phone)) {
                pause(3_000);
            }
            if (chance.nextInt(3) > 0) {
                phone.hangUp();
            }
        }
    }

    private void caller(String name) throws IOException {
        Phone phone = house.phone(
                name, "phone", crosstalk.tone(name), crosstalk.tones(), event -> crosstalk.told(name, event));
        world.start("behaviour of " + name, () -> {
            while (busy()) {
                pause(3_000);
                var server = house.switchboard.sip().address();
                phone.call(
                        SipUri.of(House.NUMBER, server.getHostString(), server.getPort()),
                        SipUri.of("+15559876", "10.9.9.9", 5060),
                        Optional.empty(),
                        List.of());
                pause(10_000);
                if (chance.nextInt(4) > 0) {
                    phone.press("1#");
                }
                pause(4_000);
                phone.hangUp();
            }
        });
    }

    private void desk() {
        while (busy()) {
            pause(500);
            List<CallRecord> live = house.switchboard.live(house.account.sid());
            int what = chance.nextInt(12);
            Optional<CallRecord> dialled = live.stream()
                    .filter(call ->
                            call.direction() == Direction.OUTBOUND_DIAL && call.status() == CallStatus.IN_PROGRESS)
                    .findAny();
            if (chance.nextInt(4) == 0) {
                roomDesk.act();
            } else if (!live.isEmpty() && chance.nextInt(3) == 0) {
                liveDesk.act(live);
            } else if (dialled.isPresent() && chance.nextInt(3) == 0) {
                liveDesk.cross(dialled.get(), this::pause);
            } else if (what == 0 || live.isEmpty()) {
                house.switchboard.create(new NewCall(
                        house.account.sid(),
                        "+15550000",
                        List.of("client:bob", "client:alice", "+15550001", "client:nobody")
                                .get(chance.nextInt(4)),
                        document(""),
                        Optional.of(new StatusCallback(
                                "http://app/status", HttpMethod.POST, Set.of(StatusCallback.Event.values()))),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        "",
                        chance.nextInt(4) == 0 ? Optional.of(LiveDesk.START) : Optional.empty()));
            } else {
                Sid call = live.get(chance.nextInt(live.size())).sid();
                modify(call, what);
                // An impatient client: more of it, at once.
                for (int more = chance.nextInt(12) - 8; more > 0; more--) {
                    modify(call, chance.nextInt(12));
                }
            }
        }
    }

    private void modify(Sid call, int what) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, world);
        Optional<Boolean> mute = what < 4 ? Optional.of(chance.nextBoolean()) : Optional.empty();
        Optional<Ending> ending =
                what == 4 ? Optional.of(Ending.COMPLETED) : what == 5 ? Optional.of(Ending.CANCELED) : Optional.empty();
        Optional<NewDocument> document = what > 5 ? Optional.of(document(Redirects.mark(sid))) : Optional.empty();
        outcomes.asked(sid);
        document.ifPresent(redirect -> redirects.asked(sid, call, what > 8));
        mute.ifPresent(on -> mutes.put(call, sid));
        Accepted accepted = house.switchboard.modify(
                house.account.sid(), call, modification(sid, document, ending, mute, what > 8, status -> {
                    outcomes.told(status);
                    if (status.state().last()) {
                        redirects.told(status);
                        // I5: no document of this exploration has a muted attribute, so mute is what was asked for.
                        if (status.state() == ModificationStatus.State.APPLIED
                                && mute.isPresent()
                                && lastMute(call, sid)
                                && status.call().muted() != mute.get()) {
                            violations.add(
                                    "I5: " + call + " is muted " + status.call().muted() + ", asked for " + mute.get());
                        }
                        if (chance.nextInt(100) == 0) {
                            throw InjectedFaults.of("whoever listens");
                        }
                    }
                }));
        outcomes.accepted(sid, accepted);
    }

    private static Modification modification(
            Sid sid,
            Optional<NewDocument> document,
            Optional<Ending> ending,
            Optional<Boolean> mute,
            boolean move,
            Consumer<ModificationStatus> told) {
        return new Modification(
                sid,
                document.map(next -> new Redirect(
                        next,
                        Redirect.Mode.REPLACE,
                        move ? new Redirect.Connected.Run(next, false) : new Redirect.Connected.Usual())),
                ending,
                mute.map(Controls::mute).orElse(Controls.UNCHANGED),
                Optional.empty(),
                OptionalLong.empty(),
                false,
                told);
    }

    /** Whether no later mute of this call has been asked for. */
    private boolean lastMute(Sid call, Sid modification) {
        return modification.equals(mutes.get(call));
    }

    private NewDocument document(String mark) {
        if (chance.nextInt(5) == 0) {
            return new NewDocument.Inline(rcml(mark), Optional.empty());
        }
        String query = mark.isEmpty() ? "" : "?mark=" + mark.substring(1, mark.length() - 2);
        return new NewDocument.AtUrl(
                new NewDocument.Fetch("http://app" + PATHS.get(chance.nextInt(PATHS.size())) + query, HttpMethod.POST),
                chance.nextBoolean()
                        ? Optional.of(new NewDocument.Fetch("http://app/fallback" + query, HttpMethod.POST))
                        : Optional.empty());
    }

    private Optional<HttpReply> reply(HttpAsk ask) {
        if (ask.url().equals("http://app/conference")) {
            ledger.told(ask);
            return Optional.of(received(ask, 200, ""));
        }
        String sid = ask.parameters().getOrDefault("CallSid", "");
        if (sid.isEmpty()) {
            pause(300);
            return Optional.of(
                    received(ask, chance.nextInt(4) == 0 ? 500 : 200, "<Response><Say>all</Say></Response>"));
        }
        if (ask.url().equals("http://app/heard")) {
            pause(300);
            return Optional.of(received(
                    ask,
                    200,
                    "<Response>" + (chance.nextInt(5) == 0 ? "<Hangup/>" : "<Say>one</Say>") + "</Response>"));
        }
        if (ask.url().equals("http://app/status")) {
            sequences
                    .computeIfAbsent(sid, fresh -> new ArrayList<>())
                    .add(Integer.parseInt(ask.parameters().getOrDefault("SequenceNumber", "-1")));
            CallStatus.of(ask.parameters().getOrDefault("CallStatus", ""))
                    .filter(CallStatus::ended)
                    .ifPresent(status -> finals.merge(sid, 1, Integer::sum));
            return Optional.of(received(ask, 200, ""));
        }
        // I10: what a Dial or Record owes, and the recording of a room, are told after the end of the call;
        // nothing else is requested for one that ended before this instant.
        if (!Set.of("http://app/action", "http://app/conference-recording").contains(ask.url())
                && house.memory
                        .last(new Sid(sid))
                        .endTime()
                        .filter(end -> end.isBefore(world.time().now()))
                        .isPresent()) {
            violations.add("I10: " + ask.url() + " requested for " + sid + " after its end");
        }
        pause(300);
        if (chance.nextInt(100) == 0) {
            throw InjectedFaults.of("ours under a request");
        }
        int query = ask.url().indexOf("?mark=");
        String mark = query < 0 ? "" : "<" + ask.url().substring(query + 6) + "/>";
        return switch (chance.nextInt(12)) {
            case 0 -> Optional.of(received(ask, 500, "oops"));
            case 1 -> Optional.of(new HttpReply.Failed(11205, "connection refused"));
            case 2 -> Optional.of(received(ask, 200, "<Response><Say>not closed"));
            case 3 ->
                chance.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(received(ask, 200, "<Response>" + mark + "</Response>"));
            default -> Optional.of(received(ask, 200, rcml(mark)));
        };
    }

    private String rcml(String mark) {
        return "<Response>"
                + mark
                + switch (chance.nextInt(16)) {
                    case 0 -> chance.nextBoolean() ? "<Say>hello there</Say>" : Bot.document(chance);
                    case 1 ->
                        chance.nextBoolean()
                                ? "<Pause length=\"2\"/>"
                                : "<Message to=\"client:bob\" statusCallback=\"/told\">hi</Message><Sms>hello</Sms>";
                    case 2 -> "<Gather numDigits=\"1\" timeout=\"2\" action=\"/a\"><Say>press</Say></Gather>";
                    case 3 -> "<Redirect>/b</Redirect>";
                    case 4 -> "<Reject/>";
                    case 5 ->
                        "<Dial timeout=\"4\" action=\"/action\"><Client>bob</Client><Client>alice</Client></Dial>";
                    case 6 ->
                        "<Dial timeout=\"5\"><Number>+15550001</Number><Client>nobody</Client></Dial><Say>over</Say>";
                    case 7 ->
                        "<Dial answerOnBridge=\"true\" record=\"true\" action=\"/action\"><Client>bob</Client></Dial>";
                    case 8 ->
                        "<Dial><Conference startConferenceOnEnter=\"false\"" + RoomLedger.SUBSCRIPTION
                                + ">room</Conference></Dial>";
                    case 9 ->
                        "<Dial record=\"true\"><Conference endConferenceOnExit=\"true\"" + RoomLedger.SUBSCRIPTION
                                + ">room</Conference></Dial>";
                    case 10 -> "<Record timeout=\"2\" maxLength=\"4\" action=\"/action\"/><Say>over</Say>";
                    case 11, 12, 13, 14 -> QueueLedger.document(chance);
                    default ->
                        "<Dial record=\"record-from-ringing-dual\" timeout=\"6\" timeLimit=\"9\""
                                + " action=\"/action\"><Client>alice</Client></Dial>";
                }
                + "</Response>";
    }

    private static HttpReply received(HttpAsk ask, int status, String body) {
        return new HttpReply.Received(status, ask.url(), "text/xml", body.getBytes(StandardCharsets.UTF_8));
    }

    private boolean busy() {
        return world.time().nanos() < pace.busy().toNanos();
    }

    private void pause(int mostMillis) {
        Duration pause = Duration.ofMillis(chance.nextInt(mostMillis) + 1L).dividedBy(pace.haste());
        world.<Object>mailbox("pause", 1).take(world.time().after(pause));
    }

    // ---- the invariants

    private void check() {
        violations.addAll(redirects.violations());
        seen.merge("heard", crosstalk.heard(), Integer::sum);
        seen.merge("transferred", transferKey.transferred(), Integer::sum);
        seen.merge("moved along", redirects.moved(), Integer::sum);
        house.leftovers().forEach(left -> violations.add("I7: " + left));
        violations.addAll(outcomes.violations());
        violations.addAll(liveDesk.violations());
        violations.addAll(ledger.violations());
        violations.addAll(QueueLedger.violations(house.memory.events, seen));
        roomDesk.seen().forEach((what, count) -> seen.merge(what, count, Integer::sum));
        seen.merge("rooms told", ledger.rooms(), Integer::sum);
        outcomes.seen().forEach((what, count) -> seen.merge(what, count, Integer::sum));
        house.memory.calls.forEach(this::check);
        sequences.forEach((call, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i) != i) {
                    violations.add("I9: sequence numbers of " + call + " are " + numbers);
                    break;
                }
            }
        });
        finals.forEach((call, count) -> {
            if (count != 1) {
                violations.add("I9: " + count + " final callbacks of " + call);
            }
        });
        house.memory
                .owed
                .keySet()
                .forEach(call -> violations.add("I9: the final callback of " + call + " is still owed"));
        checkEvents();
    }

    /** ADR-0013: of each call one final event and a journal, of each modification at most one outcome. */
    private void checkEvents() {
        var outcomes = new HashSet<String>();
        var ends = new HashSet<Sid>();
        for (AccountEvent event : house.memory.events) {
            switch (event.topic()) {
                case CALL -> {
                    Sid call = event.callSid().orElseThrow();
                    boolean last = CallStatus.of(event.what())
                            .filter(CallStatus::ended)
                            .isPresent();
                    if (ends.contains(call) || (last && !ends.add(call))) {
                        violations.add("I1: event " + event.what() + " of " + call + " after its end");
                    }
                }
                case MODIFICATION -> {
                    if (!outcomes.add(event.values().getOrDefault("modification_sid", ""))) {
                        violations.add("I3: a second outcome as an event: " + event);
                    }
                }
                case CONFERENCE, QUEUE, NOTIFICATION, MEDIA, MESSAGE -> {}
            }
        }
        house.memory.calls.keySet().forEach(call -> {
            if (!ends.contains(call) || !house.memory.journals.containsKey(call)) {
                violations.add("I1: " + call + " ended without an event or a journal");
            }
        });
        seen.merge("modification events", outcomes.size(), Integer::sum);
    }

    private void check(Sid sid, List<CallRecord> writes) {
        for (int i = 1; i < writes.size(); i++) {
            CallRecord before = writes.get(i - 1);
            CallRecord after = writes.get(i);
            if (before.status().ended()) {
                violations.add("I1: " + sid + " written after its end: " + after);
            }
            if (after.status().compareTo(before.status()) < 0) {
                violations.add("I2: " + sid + " went from " + before.status() + " to " + after.status());
            }
            if (after.revision() != before.revision() + 1) {
                violations.add(
                        "I2: revision of " + sid + " went from " + before.revision() + " to " + after.revision());
            }
        }
        CallRecord last = writes.getLast();
        seen.merge(last.status().text(), 1, Integer::sum);
        if (last.startTime().isPresent() != (last.status() == CallStatus.COMPLETED)) {
            violations.add("I2: " + sid + " ended " + last.status() + ", answered " + last.startTime()
                    + Optional.ofNullable(house.memory.journals.get(sid))
                            .map(journal -> "; its journal is " + journal.entries())
                            .orElse(""));
        }
    }
}
