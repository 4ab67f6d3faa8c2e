package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import teleapi.call.Call;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Sid;
import teleapi.call.directory.Client;
import teleapi.call.directory.VoiceSettings;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ParticipantRecord;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;
import teleapi.sip.SipUri;

/** A member of a conference sends another in its place, and whatever else may happen within a few milliseconds of it. */
class SuccessionRacesTest {
    private static final int SEEDS = 80;
    private static final String PAUSE = "<Response><Pause length=\"100\"/></Response>";

    @Test
    void whatHappensMeanwhileLeavesNobodyBeside() throws IOException {
        // ADR-0018: one final status for each REFER that was accepted; a place is one's who is there, or empty
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var scene = new Scene(seed)) {
                scene.transfer(new Random(seed));
                scene.check();
            }
        }
    }

    @Test
    void allInTheSameMomentIsSomeOrder() throws IOException {
        // ADR-0018: the conference alone says whether the place was taken
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var scene = new Scene(seed)) {
                scene.atOnce(new Random(seed));
                scene.check();
            }
        }
    }

    @Test
    void theOtherPhoneOfTheTargetRingsNoMore() throws IOException {
        // ADR-0018: a place is one's; so it is when nobody is left who asked for it
        for (long seed = 1; seed <= 10; seed++) {
            try (var scene = new Scene(seed)) {
                scene.twoPhonesRing(seed % 2 == 0);
            }
        }
    }

    @Test
    void ofTwoPhonesThatAnswerTogetherOneIsThere() throws IOException {
        // ADR-0018: the conference alone says whose the place is; who is too late has never been in it, and does not
        // end it
        for (long seed = 1; seed <= 20; seed++) {
            try (var scene = new Scene(seed)) {
                scene.twoPhonesAnswer(seed % 2 == 0);
            }
        }
    }

    @Test
    void whoAnswersBeforeAllItsPhonesAreRungComesIntoAFullConference() throws IOException {
        // ADR-0018: the conference keeps the place; who comes for it needs none of its own
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var scene = new Scene(seed, " maxParticipants=\"2\"")) {
                scene.theLatestOfSixPhonesAnswersByItself();
                scene.check();
            }
        }
    }

    @Test
    void whoIsNowhereToBeFoundLeavesNoPlaceBehind() throws IOException {
        // ADR-0018: a call that ended before the conference heard of it is not waited for
        for (long seed = 1; seed <= 20; seed++) {
            try (var scene = new Scene(seed)) {
                scene.referToNobody();
                scene.check();
            }
        }
    }

    @Test
    void whoSentAnotherInAndIsRedirectedInThatMomentIsToldTheTruth() throws IOException {
        // ADR-0018: one final status for each REFER that was accepted; CONTRACT section 2: a redirect is carried out
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var scene = new Scene(seed)) {
                scene.referAndRedirect(new Random(seed));
                scene.check();
            }
        }
    }

    /** A caller and Bob in a conference that is over without Bob; Bob on a second line and Alice, who talk; and Carol, called by nobody yet. */
    private static final class Scene implements AutoCloseable {
        final SimulatedWorld world;
        final House house;
        final Map<String, List<PhoneEvent>> events = new LinkedHashMap<>();
        final Map<String, Sid> sids = new LinkedHashMap<>();
        final List<String> done = new ArrayList<>();

        boolean carolAnswers;

        Scene(long seed) throws IOException {
            this(seed, "");
        }

        /** {@code terms}: more attributes of the conference. */
        Scene(long seed, String terms) throws IOException {
            world = new SimulatedWorld(seed);
            house = new House(world, new Application(world, ask -> answer(ask, terms), asked -> {}));
            for (String name : List.of("caller", "bob", "second", "alice", "carol")) {
                phone(name);
            }
            world.runFor(Duration.ofSeconds(1));
            call("caller", House.NUMBER);
            call("bob", House.NUMBER);
            call("second", "alice");
            world.runFor(Duration.ofSeconds(1));
            done.add("seed " + seed);
        }

        private static Optional<HttpReply> answer(HttpAsk ask, String terms) {
            boolean ends = Optional.ofNullable(ask.parameters().get("From"))
                    .filter("client:bob"::equals)
                    .isPresent();
            String document = "<Response><Dial><Conference endConferenceOnExit=\"" + ends + "\"" + terms
                    + ">hall</Conference></Dial></Response>";
            return Optional.of(
                    new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
        }

        private void phone(String name) throws IOException {
            events.put(name, new ArrayList<>());
            house.phone(name, "client", 1_300, List.of(1_300), event -> {
                events.get(name).add(event);
                switch (event) {
                    case PhoneEvent.Invited invited -> {
                        sids.put(name, new Sid(invited.callSid()));
                        if (!name.equals("carol") || carolAnswers) {
                            house.phone(name).answer();
                        }
                    }
                    case PhoneEvent.Answered answered -> sids.put(name, new Sid(answered.callSid()));
                    default -> {}
                }
            });
        }

        private void call(String name, String user) {
            house.phone(name)
                    .call(
                            SipUri.of(user, "10.0.0.1", 5060),
                            SipUri.of(name, "10.0.0.1", 5060),
                            Optional.of(name),
                            List.of());
        }

        /** Bob's REFER, blind or attended, and four other things around it. */
        void transfer(Random random) {
            int refers = random.nextInt(4);
            for (int i = 0; i < 5; i++) {
                if (i == refers) {
                    refer(random.nextBoolean());
                } else {
                    disturb(random.nextInt(13));
                }
                world.runFor(Duration.ofMillis(random.nextInt(12)));
            }
            world.runFor(Duration.ofSeconds(45));
        }

        /** Carol rings already; then she answers or refuses, and two other things happen. */
        void atOnce(Random random) {
            refer(false);
            world.runFor(Duration.ofMillis(50));
            List<Runnable> moves = new ArrayList<>(List.of(
                    () -> disturb(random.nextInt(4) == 0 ? 1 : 0),
                    () -> disturb(random.nextInt(13)),
                    () -> disturb(2 + random.nextInt(11))));
            Collections.shuffle(moves, random);
            moves.forEach(Runnable::run);
            world.runFor(Duration.ofSeconds(45));
        }

        /** Carol has two phones, and answers with the first. */
        void twoPhonesRing(boolean bobStays) throws IOException {
            Phone first = house.phone("carol");
            phone("carol");
            world.runFor(Duration.ofSeconds(1));
            refer(false);
            world.runFor(Duration.ofMillis(50));
            if (!bobStays) {
                disturb(3);
            }
            world.runFor(Duration.ofMillis(50));
            first.answer();
            world.runFor(Duration.ofSeconds(2));
            List<PhoneEvent> rang = events.getOrDefault("carol", List.of());
            assertEquals(
                    1,
                    rang.stream().filter(PhoneEvent.Canceled.class::isInstance).count(),
                    () -> story());
            first.hangUp();
            world.runFor(Duration.ofSeconds(2));
            // It is over without whoever has Bob's place.
            assertTrue(
                    events.getOrDefault("caller", List.of()).stream().anyMatch(PhoneEvent.Ended.class::isInstance),
                    () -> story());
            check();
        }

        /** Carol has two phones, and answers with both at once. */
        void twoPhonesAnswer(boolean bobStays) throws IOException {
            Phone first = house.phone("carol");
            phone("carol");
            world.runFor(Duration.ofSeconds(1));
            refer(false);
            world.runFor(Duration.ofMillis(50));
            if (!bobStays) {
                disturb(3);
            }
            first.answer();
            house.phone("carol").answer();
            world.runFor(Duration.ofSeconds(5));
            List<String> there = house.switchboard.rooms().live(house.account.sid(), "hall").stream()
                    .flatMap(conference -> conference.participants().stream())
                    .map(member -> house.switchboard
                            .live(house.account.sid(), member.callSid())
                            .orElseThrow()
                            .to())
                    .sorted()
                    .toList();
            assertEquals(List.of(House.NUMBER, "client:carol"), there, () -> story());
            check();
            first.hangUp();
        }

        /** It is rung first; nothing that is sent takes any time. */
        void theLatestOfSixPhonesAnswersByItself() throws IOException {
            for (int more = 1; more < 6; more++) {
                house.phones.put("carol " + more, house.phone("carol"));
                phone("carol");
            }
            world.runFor(Duration.ofSeconds(1));
            carolAnswers = true;
            world.weather(Weather.FAIR.withLatency(Duration.ZERO, Duration.ZERO));
            refer(false);
            world.runFor(Duration.ofSeconds(2));
            assertTrue(events.getOrDefault("bob", List.of()).contains(new PhoneEvent.Notified(200)), () -> story());
            List<String> there = house.switchboard.live(house.account.sid()).stream()
                    .filter(call -> call.conferenceSid().isPresent())
                    .map(CallRecord::to)
                    .sorted()
                    .toList();
            assertEquals(List.of(House.NUMBER, "client:carol"), there, () -> story());
        }

        /** Bob sends Alice in, and is redirected; in the same instant or a moment later. */
        void referAndRedirect(Random random) {
            // As long as the request is on its way, and then some turns of the other threads in the same instant.
            int turns = random.nextInt(40);
            refer(true);
            world.start("desk", () -> {
                var turn = world.<Object>mailbox("desk", 1);
                turn.take(world.time().after(Duration.ofMillis(1)));
                for (int i = 0; i < turns; i++) {
                    turn.post(i);
                    turn.take(world.time().after(Duration.ofMillis(1)));
                }
                disturb(7);
            });
            world.runFor(Duration.ofSeconds(3));
            List<Integer> said = events.getOrDefault("bob", List.of()).stream()
                    .map(event -> switch (event) {
                        case PhoneEvent.ReferAnswered(int status) -> status == 202 ? 0 : status;
                        case PhoneEvent.Notified(int status) -> status;
                        default -> 0;
                    })
                    .filter(status -> status >= 200)
                    .toList();
            boolean came = house.switchboard.rooms().live(house.account.sid(), "hall").stream()
                    .flatMap(conference -> conference.participants().stream())
                    .anyMatch(member -> Optional.of(member.callSid()).equals(Optional.ofNullable(sids.get("alice"))));
            assertEquals(1, said.size(), () -> story());
            assertEquals(said.contains(200), came, () -> story());
        }

        /** Dave has no phone. */
        void referToNobody() {
            var now = world.time().now();
            house.memory.clients.put(
                    "dave",
                    new Client(
                            Sid.fresh(Sid.CLIENT, world),
                            house.account.sid(),
                            "dave",
                            "dave",
                            "dave",
                            VoiceSettings.NONE,
                            now,
                            now));
            house.phone("bob").refer(SipUri.of("dave", "10.0.0.1", 5060));
            world.runFor(Duration.ofSeconds(2));
            List<PhoneEvent> told = events.getOrDefault("bob", List.of());
            assertTrue(
                    told.contains(new PhoneEvent.Notified(404)) || told.contains(new PhoneEvent.Notified(480)),
                    () -> story());
        }

        private void refer(boolean attended) {
            done.add(attended ? "attended" : "blind");
            if (attended) {
                house.referAttended("bob", "alice", "second");
            } else {
                house.phone("bob").refer(SipUri.of("carol", "10.0.0.1", 5060));
            }
        }

        private void disturb(int what) {
            done.add(Integer.toString(what));
            switch (what) {
                case 0 -> house.phone("carol").answer();
                case 1 -> house.phone("carol").refuse(486);
                case 2 -> house.phone("carol").hangUp();
                case 3 -> house.phone("bob").hangUp();
                case 4 -> house.phone("second").hangUp();
                case 5 -> house.phone("alice").hangUp();
                case 6 -> house.phone("caller").hangUp();
                case 7 -> modify("bob", Map.of("Rcml", PAUSE));
                case 8 -> modify("bob", Map.of("Status", "completed"));
                case 9 -> modify("alice", Map.of("Status", "completed"));
                case 10 -> modify("bob", Map.of("Mute", "true"));
                case 11 ->
                    house.switchboard
                            .rooms()
                            .live(house.account.sid(), "hall")
                            .ifPresent(conference -> conference.end("test", () -> {}));
                default -> refer(true);
            }
        }

        private void modify(String name, Map<String, String> fields) {
            Sid sid = Sid.fresh(Sid.MODIFICATION, world);
            Optional.ofNullable(sids.get(name))
                    .ifPresent(call -> house.switchboard.modify(
                            house.account.sid(), call, new DeskRequest(fields, house).modification(sid, status -> {})));
        }

        void check() {
            List<Call> live = live();
            List<ParticipantRecord> there = house.switchboard.rooms().live(house.account.sid(), "hall").stream()
                    .flatMap(conference -> conference.participants().stream())
                    .toList();
            // Nobody is called any more, and who is in the room is a live call that knows of it.
            there.forEach(member -> assertTrue(
                    member.connected()
                            && house.switchboard
                                    .live(house.account.sid(), member.callSid())
                                    .isPresent(),
                    () -> story()));
            for (Call call : live) {
                boolean member = there.stream().anyMatch(one -> one.callSid().equals(call.sid()));
                boolean paused = call.sid().equals(sids.get("bob")) && done.contains("7");
                assertEquals(CallStatus.IN_PROGRESS, call.snapshot().status(), () -> story());
                assertTrue(member || call.bridged().isPresent() || paused, () -> call.sid() + " is alone: " + story());
            }
            List<Integer> said = events.getOrDefault("bob", List.of()).stream()
                    .flatMap(event -> event instanceof PhoneEvent.Notified(int status) && status >= 200
                            ? Stream.of(status)
                            : Stream.empty())
                    .toList();
            long accepted = events.getOrDefault("bob", List.of()).stream()
                    .filter(event -> event instanceof PhoneEvent.ReferAnswered(int status) && status == 202)
                    .count();
            boolean stays =
                    events.getOrDefault("bob", List.of()).stream().noneMatch(event -> event instanceof PhoneEvent.Ended)
                            && !done.contains("3");
            assertTrue(said.size() <= accepted, () -> story());
            assertTrue(!stays || said.size() == accepted, () -> story());
            // One who has been replaced is not there as well.
            assertTrue(
                    !said.contains(200)
                            || there.stream().noneMatch(one -> one.callSid().equals(sids.get("bob"))),
                    () -> story());
            house.phones.values().forEach(Phone::hangUp);
            live.forEach(call -> call.hangUp(EndReason.byApi("enough")));
            world.runFor(Duration.ofSeconds(60));
            assertEquals(List.of(), house.leftovers(), () -> story());
        }

        private List<Call> live() {
            return house.switchboard.live(house.account.sid()).stream()
                    .flatMap(call -> house.switchboard.find(house.account.sid(), call.sid()).stream())
                    .toList();
        }

        private String story() {
            var story = new StringBuilder(done + "\n" + events);
            live().forEach(call ->
                    story.append('\n').append(call.sid()).append(call.journal().lines()));
            return story.toString();
        }

        @Override
        public void close() {
            house.close();
        }
    }
}
