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
import org.junit.jupiter.api.Test;
import teleapi.call.Bridged;
import teleapi.call.Call;
import teleapi.call.Direction;
import teleapi.call.EndReason;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;

/** A transfer, and whatever else may happen within a few milliseconds of it. */
class TransferRacesTest {
    private static final int SEEDS = 60;
    private static final String ANSWER = "<Response><Dial><Client>bob</Client></Dial></Response>";
    private static final String SCREENED =
            "<Response><Dial timeout=\"5\"><Client url=\"http://app/screen\">carol</Client></Dial></Response>";

    private static final String PAUSE = "<Response><Pause length=\"100\"/></Response>";

    @Test
    void whateverHappensMeanwhileNobodyIsLeftAlone() throws IOException {
        // ADR-0018: one final status for each REFER that was accepted; ADR-0008: a bridge stands while both sides want
        // it
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var scene = new Scene(seed)) {
                scene.talk("alice");
                scene.transfer(new Random(seed));
                scene.check();
            }
        }
    }

    @Test
    void whoStillRingsWhenSheIsNamedIsNeverLeftAlone() throws IOException {
        // RFC 5589 section 7, ADR-0018: a call that still rings is transferred; the same rules
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var scene = new Scene(seed)) {
                scene.talk("carol");
                scene.transfer(new Random(seed));
                scene.check();
            }
        }
    }

    @Test
    void sheAnswersInTheMomentInWhichSheIsNamed() throws IOException {
        // ADR-0018: whichever comes first, who has answered talks to the caller; the phone may drop its second call
        for (long seed = 1; seed <= 4 * SEEDS; seed++) {
            try (var scene = new Scene(seed)) {
                scene.talk("carol");
                scene.answerAndTransfer(new Random(seed));
                scene.check();
            }
        }
    }

    @Test
    void whoIsScreenedWhenWhoRangHerGoesIsNotTooLate() throws IOException {
        // ADR-0018: what a branch has still said to its first parent is not lost; restcomm.md 5.2: screening has 60 s
        for (long seed = 1; seed <= 2 * SEEDS; seed++) {
            try (var scene = new Scene(seed)) {
                scene.talk(House.NUMBER);
                scene.screenedAndTransfer(new Random(seed));
                scene.check();
            }
        }
    }

    @Test
    void whoseAccountIsSuspendedSendsNobodyOn() throws IOException {
        // ADR-0018: only to where it might dial by itself; a suspended account's INVITE is 403
        try (var scene = new Scene(1)) {
            scene.talk("alice");
            scene.suspend();
            scene.refer(false);
            scene.world.runFor(Duration.ofSeconds(1));
            assertTrue(
                    scene.events.getOrDefault("bob", List.of()).contains(new PhoneEvent.ReferAnswered(403)),
                    scene::story);
            scene.check();
        }
    }

    /** A caller and Bob, who talk; Bob on a second line and Alice, who talk, too, or Carol, who rings until she is made to answer. */
    private static final class Scene implements AutoCloseable {
        final SimulatedWorld world;
        final House house;
        final Map<String, List<PhoneEvent>> events = new LinkedHashMap<>();
        final Map<String, Sid> sids = new LinkedHashMap<>();
        final List<String> done = new ArrayList<>();

        Scene(long seed) throws IOException {
            world = new SimulatedWorld(seed);
            house = new House(
                    world,
                    new Application(
                            world,
                            ask -> Optional.of(new HttpReply.Received(
                                    200, ask.url(), "text/xml", document(ask).getBytes(StandardCharsets.UTF_8))),
                            asked -> {}));
            phone("caller", "phone");
            for (String client : List.of("bob", "second", "alice", "carol")) {
                phone(client, "client");
            }
            world.runFor(Duration.ofSeconds(1));
            done.add("seed " + seed);
        }

        /** Bob's second line rings Carol at the number. */
        private static String document(HttpAsk ask) {
            if (ask.url().endsWith("/screen")) {
                return "<Response><Pause length=\"6\"/></Response>";
            }
            boolean second = Optional.ofNullable(ask.parameters().get("From"))
                    .filter("client:second"::equals)
                    .isPresent();
            return second ? SCREENED : ANSWER;
        }

        void talk(String second) {
            call("caller", House.NUMBER, Optional.empty());
            call("second", second, Optional.of("second"));
            world.runFor(Duration.ofSeconds(1));
        }

        private void phone(String name, String kind) throws IOException {
            events.put(name, new ArrayList<>());
            house.phone(name, kind, 1_300, List.of(1_300), event -> {
                events.get(name).add(event);
                switch (event) {
                    case PhoneEvent.Invited invited -> {
                        sids.put(name, new Sid(invited.callSid()));
                        if (!name.equals("carol")) {
                            house.phone(name).answer();
                        }
                    }
                    case PhoneEvent.Answered answered -> sids.put(name, new Sid(answered.callSid()));
                    default -> {}
                }
            });
        }

        private void call(String name, String user, Optional<String> password) {
            house.phone(name)
                    .call(
                            SipUri.of(user, "10.0.0.1", 5060),
                            SipUri.of(name, password.isPresent() ? "10.0.0.1" : "10.9.9.9", 5060),
                            password,
                            List.of());
        }

        /** Bob's REFER, blind or attended, and up to four other things around it. */
        void transfer(Random random) {
            int refers = random.nextInt(4);
            for (int i = 0; i < 5; i++) {
                if (i == refers) {
                    refer(random.nextBoolean());
                } else {
                    disturb(random.nextInt(14));
                }
                world.runFor(Duration.ofMillis(random.nextInt(12)));
            }
            world.runFor(Duration.ofSeconds(45));
        }

        /** All in the same instant, in any order: Bob asks, Carol answers or refuses, and Bob's phone may drop its second call. */
        void answerAndTransfer(Random random) {
            boolean answers = random.nextInt(3) > 0;
            boolean drops = random.nextBoolean();
            List<Runnable> moves = new ArrayList<>(List.of(() -> refer(true), () -> disturb(answers ? 0 : 1)));
            if (drops) {
                moves.add(() -> disturb(4));
            }
            Collections.shuffle(moves, random);
            moves.forEach(Runnable::run);
            world.runFor(Duration.ofSeconds(3));
            List<Integer> said = events.getOrDefault("bob", List.of()).stream()
                    .map(event -> switch (event) {
                        case PhoneEvent.ReferAnswered(int status) -> status == 202 ? 0 : status;
                        case PhoneEvent.Notified(int status) -> status;
                        default -> 0;
                    })
                    .filter(status -> status >= 200)
                    .toList();
            assertEquals(1, said.size(), () -> story());
            assertEquals(said.contains(200), callerTalksToCarol(), () -> story());
            assertTrue(said.contains(200) || drops || !answers, () -> story());
        }

        /** Bob asks, his phone drops its second call, and Carol answers, who is screened for longer than she may ring. */
        void screenedAndTransfer(Random random) {
            refer(true);
            inAWhile(random.nextInt(40), () -> disturb(0));
            inAWhile(random.nextInt(40), () -> disturb(4));
            world.runFor(Duration.ofSeconds(8));
            boolean accepted = events.getOrDefault("bob", List.of()).contains(new PhoneEvent.ReferAnswered(202));
            assertTrue(!accepted || callerTalksToCarol(), () -> story());
        }

        /** Some turns of the other threads later, in the same instant. */
        private void inAWhile(int turns, Runnable move) {
            world.start("desk", () -> {
                var turn = world.<Object>mailbox("desk", 1);
                for (int i = 0; i < turns; i++) {
                    turn.post(i);
                    turn.take(world.time().after(Duration.ofMillis(1)));
                }
                move.run();
            });
        }

        private boolean callerTalksToCarol() {
            return live().stream()
                    .filter(call -> call.snapshot().to().equals(House.NUMBER))
                    .flatMap(call -> call.bridged().stream())
                    .anyMatch(with -> with.other().snapshot().to().equals("client:carol"));
        }

        void suspend() {
            Account now = house.account;
            house.memory.accounts.put(
                    now.sid(),
                    new Account(
                            now.sid(),
                            now.parent(),
                            now.friendlyName(),
                            now.emailAddress(),
                            false,
                            now.authToken(),
                            now.dateCreated(),
                            now.dateUpdated()));
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
                case 2 -> house.phone("caller").hangUp();
                case 3 -> house.phone("bob").hangUp();
                case 4 -> house.phone("second").hangUp();
                case 5 -> house.phone("alice").hangUp();
                case 6 -> modify("caller", Map.of("Rcml", PAUSE));
                case 7 -> modify("bob", Map.of("Rcml", PAUSE));
                case 8 -> modify("caller", Map.of("Status", "completed"));
                case 9 -> modify("alice", Map.of("Status", "completed"));
                case 10 -> modify("caller", Map.of("Rcml", PAUSE, "MoveConnectedCallLeg", "true"));
                case 11 -> modify("second", Map.of("Rcml", PAUSE));
                case 12 -> modify("second", Map.of("Status", "completed"));
                default -> refer(true);
            }
        }

        private void modify(String name, Map<String, String> fields) {
            Sid sid = Sid.fresh(Sid.MODIFICATION, world);
            // One that has not been answered is known by the call that it has made.
            Optional<Sid> call = Optional.ofNullable(sids.get(name))
                    .or(() -> live().stream()
                            .filter(found -> found.snapshot().from().equals("client:" + name))
                            .filter(found -> found.snapshot().direction() == Direction.INBOUND)
                            .map(Call::sid)
                            .findFirst());
            call.ifPresent(found -> house.switchboard.modify(
                    house.account.sid(), found, new DeskRequest(fields, house).modification(sid, status -> {})));
        }

        void check() {
            List<Call> live = live();
            for (Call call : live) {
                Optional<Call> back = call.bridged()
                        .map(Bridged::other)
                        .flatMap(Call::bridged)
                        .map(Bridged::other);
                assertTrue(call.bridged().isEmpty() || back.equals(Optional.of(call)), () -> story());
            }
            for (Call call : live) {
                boolean carols = call.snapshot().to().equals("client:carol")
                        && call.snapshot().direction() == Direction.OUTBOUND_DIAL;
                // A move takes the one along to whom the caller talks, to a document of its own.
                assertTrue(!carols || call.bridged().isPresent() || done.contains("10"), () -> story());
            }
            long accepted = events.getOrDefault("bob", List.of()).stream()
                    .filter(event -> event instanceof PhoneEvent.ReferAnswered(int status) && status == 202)
                    .count();
            long told = events.getOrDefault("bob", List.of()).stream()
                    .filter(event -> event instanceof PhoneEvent.Notified(int status) && status >= 200)
                    .count();
            boolean stays =
                    events.getOrDefault("bob", List.of()).stream().noneMatch(event -> event instanceof PhoneEvent.Ended)
                            && !done.contains("3");
            assertTrue(told <= accepted, () -> story());
            assertTrue(!stays || told == accepted, () -> story());
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
