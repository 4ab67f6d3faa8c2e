package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import teleapi.call.Change;
import teleapi.call.Sid;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;

/** From bridge to room, from room to room, and back: measured in each packet, at many phases of packets and beats. */
class HandoverTest {
    private static final int SEEDS = 25;
    private static final List<Integer> TONES = List.of(1_300, 1_550, 1_800);
    /** Below it is silence: -46 dBFS. */
    private static final double SILENT = 160;

    private static final long LONGEST_GAP = 40_000_000;
    private static final String ROOM = "<Response><Dial><Conference beep=\"false\">%s</Conference></Dial></Response>";

    /** One packet: the tones in it, and whether it has any other sound. */
    private record Packet(long nanos, Set<Integer> tones, boolean other) {}

    /** Two who talk, a third in a room of its own, and all that they hear. */
    private static final class Talk implements AutoCloseable {
        final SimulatedWorld world;
        final House house;
        final List<Packet> caller = new ArrayList<>();
        final List<Packet> bob = new ArrayList<>();
        private final List<Sid> sids = new ArrayList<>();

        Talk(long seed) throws IOException {
            world = new SimulatedWorld(seed);
            house = new House(world, new Application(world, HandoverTest::answer, asked -> {}));
            phone("caller", "phone", 0, caller);
            phone("bob", "client", 1, bob);
            world.runFor(Duration.ofMillis(1_000 + seed % 20));
            House.call(house.phone("caller"));
            world.runFor(Duration.ofMillis(500 + seed % 17));
            house.phone("bob").answer();
            world.runFor(Duration.ofSeconds(1));
            assertEquals(2, sids.size());
        }

        private void phone(String name, String kind, int tone, List<Packet> packets) throws IOException {
            house.phone(
                    name,
                    kind,
                    TONES.get(tone),
                    TONES,
                    (samples, count, nanos) -> packets.add(packet(samples, count, nanos)),
                    event -> {
                        switch (event) {
                            case PhoneEvent.Answered answered -> sids.add(new Sid(answered.callSid()));
                            case PhoneEvent.Invited invited -> sids.add(new Sid(invited.callSid()));
                            default -> {}
                        }
                    });
        }

        Sid callerSid() {
            return sids.getLast();
        }

        Sid bobSid() {
            return sids.getFirst();
        }

        /** Does it, and looks at what both hear a second before and after. */
        void unbroken(String what, Consumer<Talk> change) {
            caller.clear();
            bob.clear();
            world.runFor(Duration.ofSeconds(1));
            change.accept(this);
            world.runFor(Duration.ofSeconds(1));
            String where = what + ", seed " + world.seed();
            assertUnbroken(where + ", caller", caller, TONES.get(1));
            assertUnbroken(where + ", bob", bob, TONES.get(0));
        }

        void modify(Sid call, Map<String, String> fields) {
            Sid sid = Sid.fresh(Sid.MODIFICATION, world);
            house.switchboard.modify(
                    house.account.sid(), call, new DeskRequest(fields, house).modification(sid, status -> {}));
        }

        @Override
        public void close() {
            house.close();
        }
    }

    private static Optional<HttpReply> answer(HttpAsk ask) {
        String document = ask.url().endsWith("/room")
                ? ROOM.formatted("one")
                : "<Response><Dial><Client>bob</Client></Dial></Response>";
        return Optional.of(
                new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
    }

    /** By its second half: in the first 5 ms what was heard before may fade. */
    private static Packet packet(short[] whole, int length, long nanos) {
        int count = length / 2;
        short[] samples = Arrays.copyOfRange(whole, length - count, length);
        double square = 0;
        for (int i = 0; i < count; i++) {
            square += (double) samples[i] * samples[i];
        }
        double rest = square;
        var tones = new TreeSet<Integer>();
        for (int tone : TONES) {
            double power = power(samples, count, tone);
            rest -= power;
            if (Math.sqrt(power / count) > SILENT) {
                tones.add(tone);
            }
        }
        return new Packet(nanos, tones, rest > square / 2 && Math.sqrt(rest / count) > SILENT);
    }

    /** The part of the sum of squares that is this tone's. */
    static double power(short[] samples, int count, int tone) {
        double sine = 0;
        double cosine = 0;
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * tone * i / 8_000;
            sine += samples[i] * Math.sin(angle);
            cosine += samples[i] * Math.cos(angle);
        }
        return 2 * (sine * sine + cosine * cosine) / count;
    }

    private static void assertUnbroken(String where, List<Packet> packets, int tone) {
        List<Packet> heard =
                packets.stream().filter(packet -> packet.tones().contains(tone)).toList();
        assertTrue(heard.size() > 90, () -> where + ": " + heard.size() + " packets with the other's tone");
        for (int i = 1; i < heard.size(); i++) {
            long gap = heard.get(i).nanos() - heard.get(i - 1).nanos();
            assertTrue(gap <= LONGEST_GAP, () -> where + ": " + gap / 1e6 + " ms without the other: " + packets);
        }
        packets.forEach(packet -> assertTrue(!packet.other(), () -> where + ": music or speech in " + packet));
    }

    @Test
    void aBridgeBecomesARoomAndABridgeAgainWithoutABreak() throws IOException {
        // issue 3, 11: bridge to conference to bridge without a break in sound, and without a blip of wait music
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var talk = new Talk(seed)) {
                talk.unbroken(
                        "to the room, inline",
                        now -> now.modify(
                                now.callerSid(),
                                Map.of("Rcml", ROOM.formatted("one"), "MoveConnectedCallLeg", "true")));
                talk.unbroken(
                        "to the bridge",
                        now -> now.modify(
                                now.callerSid(),
                                Map.of("ConnectTo", now.bobSid().text())));
                talk.unbroken(
                        "to the room, by URL",
                        now -> now.modify(now.bobSid(), Map.of("Url", "/room", "MoveConnectedCallLeg", "true")));
            }
        }
    }

    @Test
    void twoMoveFromRoomToRoomWithoutABreak() throws IOException {
        // issue 3, 11: moves between rooms in one operation, heard in one or the other and nowhere in between
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var talk = new Talk(seed)) {
                talk.modify(talk.callerSid(), Map.of("Rcml", ROOM.formatted("one"), "MoveConnectedCallLeg", "true"));
                talk.unbroken("to the other room", HandoverTest::bothToTheOther);
                assertEquals(
                        List.of("two"),
                        talk.house.switchboard.rooms().live(talk.house.account.sid()).stream()
                                .map(room -> room.friendlyName())
                                .toList());
            }
        }
    }

    private static void bothToTheOther(Talk talk) {
        var changes = new ArrayList<Change>();
        for (Sid call : List.of(talk.callerSid(), talk.bobSid())) {
            Sid sid = Sid.fresh(Sid.MODIFICATION, talk.world);
            changes.add(new Change.OfCall(
                    call, new DeskRequest(Map.of("MoveTo", "two"), talk.house).modification(sid, status -> {})));
        }
        talk.house.switchboard.modify(talk.house.account.sid(), changes, status -> {});
    }
}
