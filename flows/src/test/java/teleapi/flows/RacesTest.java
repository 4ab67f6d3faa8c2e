package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import teleapi.call.BatchStatus;
import teleapi.call.Call;
import teleapi.call.Change;
import teleapi.call.EndReason;
import teleapi.call.ModificationStatus;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.bridge.CallQueue;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.QueueMember;
import teleapi.call.bridge.Reservation;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;

/** Two things that happen to a call in the same moment, at the moments that leave the least time between them. */
class RacesTest {
    private static final int SEEDS = 30;
    /** Its document does not come. */
    private static final String NEVER = "/never";

    private static final Duration SOON = Duration.ofSeconds(2);

    private final Map<Sid, ModificationStatus> told = new LinkedHashMap<>();

    @Test
    void whoIsConnectedToACallThatEndsInThatMomentIsNotLeftAlone() throws IOException {
        // ADR-0008: a bridge stands while both sides want it; issue 3 "hostile timing"
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Pause length=\"600\"/>");
                Call bob = called(house, "bob", "<Pause length=\"600\"/>");
                modify(house, alice, Map.of("ConnectTo", bob.sid().text()));
                assertTrue(house.world.runUntil(() -> took(bob, "move along"), SOON), "seed " + seed);
                bob.hangUp(EndReason.byApi("just now"));
                house.world.runFor(Duration.ofSeconds(20));
                boolean joined = told.values().iterator().next().state() == ModificationStatus.State.APPLIED;
                assertEquals(
                        joined,
                        alice.snapshot().status().ended(),
                        "seed " + seed + alice.journal().lines());
                alice.hangUp(EndReason.byApi("enough"));
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void whoIsConnectedToACallThatIsRedirectedInThatMomentIsNotLeftAlone() throws IOException {
        // ADR-0008: a bridge stands while both sides want it; issue 3 "hostile timing"
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Pause length=\"600\"/>");
                Call bob = called(house, "bob", "<Pause length=\"600\"/>");
                modify(house, alice, Map.of("ConnectTo", bob.sid().text()));
                assertTrue(house.world.runUntil(() -> took(bob, "move along"), SOON), "seed " + seed);
                modify(house, bob, Map.of("Rcml", "<Response><Pause length=\"100\"/></Response>"));
                house.world.runFor(Duration.ofSeconds(20));
                boolean joined = told.values().iterator().next().state() == ModificationStatus.State.APPLIED;
                assertEquals(
                        joined,
                        alice.snapshot().status().ended(),
                        "seed " + seed + alice.journal().lines());
                alice.hangUp(EndReason.byApi("enough"));
                bob.hangUp(EndReason.byApi("enough"));
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void aMoveToARoomThatEndsWhileTheCallLeavesItsOwnIsRefused() throws IOException {
        // docs/api/conferences.md: 409 if it left in the same moment
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", room("one") + "<Pause length=\"600\"/>");
                Call bob = called(house, "bob", room("two") + "<Pause length=\"600\"/>");
                Conference one = house.switchboard.rooms().conference(house.account.sid(), "one");
                Conference two = house.switchboard.rooms().conference(house.account.sid(), "two");
                two.end("conference-ended-via-api", () -> {});
                modify(house, alice, Map.of("MoveTo", "two"));
                one.end("conference-ended-via-api", () -> {});
                house.world.runFor(Duration.ofSeconds(20));
                assertEquals(1, told.size());
                assertEquals(
                        "in-progress",
                        alice.snapshot().status().text(),
                        alice.journal().lines().toString());
                alice.hangUp(EndReason.byApi("enough"));
                bob.hangUp(EndReason.byApi("enough"));
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void aSoundThatWasStoppedBeforeItWasThereDoesNotBegin() throws IOException {
        // CONTRACT section 2: in the order in which they were accepted; 200 means that it has taken effect
        int inTime = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Pause length=\"600\"/>");
                modify(house, alice, Map.of("Say", "again and again", "Loop", "0"));
                modify(house, alice, Map.of("StopPlay", "all"));
                house.world.runFor(Duration.ofSeconds(10));
                List<ModificationStatus.State> states =
                        told.values().stream().map(ModificationStatus::state).toList();
                assertEquals(2, states.size());
                assertEquals(ModificationStatus.State.APPLIED, states.getLast());
                inTime += states.getFirst() == ModificationStatus.State.SUPERSEDED ? 1 : 0;
                assertTrue(!house.phone("alice").hearing().otherSound(), "seed " + seed + states);
                alice.hangUp(EndReason.byApi("enough"));
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
        assertTrue(inTime > 0, "each was there before it was stopped");
    }

    @Test
    void whoIsGivenToARequestIsNotGivenToADialAsWell() throws IOException {
        // docs/api/queues.md: Members/Front takes out the first; a Dial in the same moment gets the next
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Enqueue>desk</Enqueue>");
                Call carol = called(house, "carol", "<Enqueue>desk</Enqueue>");
                CallQueue desk = house.switchboard
                        .queues()
                        .queue(house.account.sid(), "desk")
                        .orElseThrow();
                List<Optional<Sid>> front = new ArrayList<>();
                desk.reserve(
                        Optional.empty(),
                        first -> front.add(first.map(Reservation::member).map(QueueMember::callSid)));
                Call bob = called(house, "bob", "<Dial><Queue>desk</Queue></Dial><Pause length=\"600\"/>");
                house.world.runFor(Duration.ofSeconds(1));
                assertEquals(List.of(Optional.of(alice.sid())), front);
                assertEquals(
                        List.of(alice.sid()),
                        desk.members().stream().map(QueueMember::callSid).toList(),
                        "seed " + seed);
                // Nobody does anything with alice: once it is clear, she is the next.
                carol.hangUp(EndReason.byApi("enough"));
                house.world.runFor(Duration.ofSeconds(1));
                Call late = called(house, "carol", "<Dial timeout=\"60\"><Queue>desk</Queue></Dial>");
                assertTrue(house.world.runUntil(() -> desk.members().isEmpty(), Duration.ofSeconds(60)));
                for (Call call : List.of(alice, bob, late)) {
                    call.hangUp(EndReason.byApi("enough"));
                }
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void whoIsGivenBackIsTheNextAtOnce() throws IOException {
        // docs/api/queues.md: a request that comes to nothing gives it back
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Enqueue>desk</Enqueue>");
                CallQueue desk = house.switchboard
                        .queues()
                        .queue(house.account.sid(), "desk")
                        .orElseThrow();
                List<Reservation> kept = new ArrayList<>();
                desk.reserve(Optional.of(alice.sid()), one -> kept.add(one.orElseThrow()));
                desk.reserve(Optional.of(alice.sid()), one -> kept.add(one.orElseThrow()));
                Call bob = called(house, "bob", "<Dial timeout=\"60\"><Queue>desk</Queue></Dial>");
                kept.getFirst().release().run();
                house.world.runFor(SOON);
                assertEquals(1, desk.members().size(), "the later one has it, seed " + seed);
                kept.getLast().release().run();
                assertTrue(house.world.runUntil(() -> desk.members().isEmpty(), SOON), "seed " + seed);
                for (Call call : List.of(alice, bob)) {
                    call.hangUp(EndReason.byApi("enough"));
                }
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void aSoundThatWaitsForOthersIsStoppedBeforeItBegins() throws IOException {
        // docs/api/calls.md StopPlay; ADR-0010: all or nothing
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Pause length=\"600\"/>");
                Call bob = called(house, "bob", "<Pause length=\"600\"/>");
                var whole = new ArrayList<BatchStatus>();
                house.switchboard.modify(
                        house.account.sid(),
                        List.of(
                                change(house, alice, Map.of("Say", "again and again", "Loop", "0")),
                                change(house, bob, Map.of("Url", NEVER))),
                        whole::add);
                house.world.runFor(SOON);
                modify(house, alice, Map.of("StopPlay", "all"));
                house.world.runFor(SOON);
                assertEquals(ModificationStatus.State.FAILED, whole.getLast().state(), "seed " + seed);
                assertEquals(
                        Set.of(
                                ModificationStatus.State.SUPERSEDED,
                                ModificationStatus.State.APPLIED,
                                ModificationStatus.State.FAILED),
                        told.values().stream().map(ModificationStatus::state).collect(Collectors.toSet()),
                        "seed " + seed);
                assertTrue(!house.phone("alice").hearing().otherSound(), "seed " + seed);
                for (Call call : List.of(alice, bob)) {
                    call.hangUp(EndReason.byApi("enough"));
                }
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void aRequestThatEndsAConferenceIsDoneWhenItIsOver() throws IOException {
        // CONTRACT section 2: 200 means that it has taken effect; docs/api/calls.md: a dry run does nothing
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", room("one") + "<Pause length=\"600\"/>");
                Conference one = house.switchboard.rooms().conference(house.account.sid(), "one");
                List<ConferenceRecord.Status> then = new ArrayList<>();
                for (boolean dryRun : List.of(true, false)) {
                    house.switchboard.modify(
                            house.account.sid(),
                            List.of(new Change.EndOfConference(one.record().sid(), dryRun)),
                            status -> {
                                if (status.state().last()) {
                                    then.add(one.record().status());
                                }
                            });
                    house.world.runFor(SOON);
                }
                assertEquals(
                        List.of(ConferenceRecord.Status.INIT, ConferenceRecord.Status.COMPLETED), then, "seed " + seed);
                alice.hangUp(EndReason.byApi("enough"));
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void bothLegsOfADialRunTheirDocumentsWhenOneRequestSaysSo() throws IOException {
        // issue 3, 8: everything is prepared first, then committed in one tick, or nothing happens
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Dial><Client>bob</Client></Dial>");
                house.world.runFor(SOON);
                Call bob = house.switchboard.live(house.account.sid()).stream()
                        .filter(call -> !call.sid().equals(alice.sid()))
                        .findFirst()
                        .flatMap(call -> house.switchboard.find(house.account.sid(), call.sid()))
                        .orElseThrow();
                List<BatchStatus> whole = new ArrayList<>();
                Map<String, String> pause = Map.of("Rcml", "<Response><Pause length=\"100\"/></Response>");
                house.switchboard.modify(
                        house.account.sid(),
                        List.of(change(house, alice, pause), change(house, bob, pause)),
                        whole::add);
                house.world.runFor(Duration.ofSeconds(20));
                assertEquals(ModificationStatus.State.APPLIED, whole.getLast().state(), "seed " + seed);
                assertEquals(
                        List.of("in-progress", "in-progress"),
                        List.of(
                                alice.snapshot().status().text(),
                                bob.snapshot().status().text()),
                        "seed " + seed + told + "\n" + alice.journal().lines() + "\n"
                                + bob.journal().lines());
                alice.hangUp(EndReason.byApi("enough"));
                bob.hangUp(EndReason.byApi("enough"));
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void ofTwoMovesThatCrossInOneMillisecondTheLaterAcceptedWins() throws IOException {
        // ADR-0009; issue 3 "the last accepted wins": Sids order milliseconds only
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                Call alice = called(house, "alice", "<Dial><Client>bob</Client></Dial>");
                Call bob = house.switchboard.live(house.account.sid()).stream()
                        .filter(call -> !call.sid().equals(alice.sid()))
                        .map(call -> house.switchboard.find(house.account.sid(), call.sid()))
                        .flatMap(Optional::stream)
                        .findAny()
                        .orElseThrow();
                move(house, alice, "f", "<Pause length=\"5\"/>");
                move(house, bob, "0", "<Pause length=\"60\"/>");
                house.world.runFor(Duration.ofSeconds(20));
                assertEquals(2, told.size());
                String last = Optional.ofNullable(told.get(new Sid(Sid.MODIFICATION + "0".repeat(32))))
                        .orElseThrow()
                        .state()
                        .name();
                assertEquals("APPLIED", last, "seed " + seed);
                for (Call call : List.of(alice, bob)) {
                    assertEquals(
                            "in-progress",
                            call.snapshot().status().text(),
                            "seed " + seed + call.journal().lines());
                    call.hangUp(EndReason.byApi("enough"));
                }
                house.world.runFor(Duration.ofSeconds(60));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    /** Both legs, under a Sid all of these digits. */
    private void move(House house, Call call, String digit, String verbs) {
        Map<String, String> fields =
                Map.of("Rcml", "<Response>" + verbs + "</Response>", "MoveConnectedCallLeg", "true");
        Sid sid = new Sid(Sid.MODIFICATION + digit.repeat(32));
        house.switchboard.modify(
                house.account.sid(), call.sid(), new DeskRequest(fields, house).modification(sid, this::told));
    }

    // ---- how

    private House house(long seed) throws IOException {
        told.clear();
        var world = new SimulatedWorld(seed);
        House house = new House(
                world,
                new Application(
                        world,
                        ask -> ask.url().endsWith(NEVER)
                                ? Optional.empty()
                                : Optional.of(new HttpReply.Received(
                                        200, ask.url(), "text/xml", "<Response/>".getBytes(StandardCharsets.UTF_8))),
                        asked -> {}));
        for (String name : List.of("alice", "bob", "carol")) {
            house.phone(name, "client", 1_300, List.of(1_300), event -> {
                if (event instanceof PhoneEvent.Invited) {
                    house.phone(name).answer();
                }
            });
        }
        world.runUntil(Duration.ofSeconds(1));
        return house;
    }

    private static Call called(House house, String client, String verbs) {
        house.switchboard.create(new NewCall(
                house.account.sid(),
                "+15550000",
                "client:" + client,
                new NewDocument.Inline("<Response>" + verbs + "</Response>", Optional.empty()),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(900),
                "",
                Optional.empty()));
        Sid newest = house.switchboard.live(house.account.sid()).stream()
                .map(call -> call.sid())
                .max(Sid::compareTo)
                .orElseThrow();
        Call call = house.switchboard.find(house.account.sid(), newest).orElseThrow();
        assertTrue(house.world.runUntil(() -> call.snapshot().status().text().equals("in-progress"), SOON));
        house.world.runFor(Duration.ofMillis(500));
        return call;
    }

    private static String room(String name) {
        return "<Dial><Conference>" + name + "</Conference></Dial>";
    }

    private void modify(House house, Call call, Map<String, String> fields) {
        Change.OfCall change = change(house, call, fields);
        house.switchboard.modify(house.account.sid(), call.sid(), change.modification());
    }

    private Change.OfCall change(House house, Call call, Map<String, String> fields) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
        return new Change.OfCall(call.sid(), new DeskRequest(fields, house).modification(sid, this::told));
    }

    private void told(ModificationStatus status) {
        if (status.state().last()) {
            told.put(status.sid(), status);
        }
    }

    private static boolean took(Call call, String event) {
        return call.journal().lines().stream().anyMatch(line -> line.contains("<- " + event));
    }
}
