package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.StatusCallback;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;

/** From the music of a queue into the bridge: measured in each packet, at many phases of packets and beats. */
class QueueHandoverTest {
    private static final int SEEDS = 25;
    private static final int TONE = 1_800;
    private static final long LONGEST_GAP = 40_000_000;

    private enum Heard {
        MUSIC,
        BOTH,
        OTHER
    }

    private record Packet(long nanos, Heard heard) {}

    @Test
    void musicGivesWayToTheOtherWithoutAGapAndWithoutAMix() throws IOException {
        // ADR-0016: a wait sound is heard until the moment of the offer, and nothing of it after
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<Packet> packets = play(seed);
            String where = "seed " + seed + ": " + packets;
            long music = packets.stream()
                    .filter(packet -> packet.heard() == Heard.MUSIC)
                    .count();
            long other = packets.stream()
                    .filter(packet -> packet.heard() == Heard.OTHER)
                    .count();
            assertTrue(music > 40 && other > 40, where);
            assertEquals(packets.size(), music + other, where);
            for (int i = 1; i < packets.size(); i++) {
                assertTrue(packets.get(i).nanos() - packets.get(i - 1).nanos() <= LONGEST_GAP, where);
                assertTrue(
                        packets.get(i).heard().compareTo(packets.get(i - 1).heard()) >= 0,
                        () -> "music again, " + where);
            }
        }
    }

    private static List<Packet> play(long seed) throws IOException {
        var packets = new ArrayList<Packet>();
        var world = new SimulatedWorld(seed);
        String document = "<Response><Enqueue>support</Enqueue></Response>";
        try (var house = new House(
                world,
                new Application(
                        world,
                        ask -> Optional.of(new HttpReply.Received(
                                200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8))),
                        asked -> {}))) {
            house.phone(
                    "caller",
                    "phone",
                    1_300,
                    List.of(1_300, TONE),
                    (samples, count, nanos) -> packets.add(new Packet(nanos, heard(samples, count))),
                    event -> {});
            house.phone("bob", "client", TONE, List.of(1_300, TONE), event -> {
                if (event instanceof PhoneEvent.Invited) {
                    house.phone("bob").answer();
                }
            });
            world.runFor(Duration.ofMillis(1_000 + seed % 20));
            House.call(house.phone("caller"));
            world.runFor(Duration.ofMillis(1_500 + seed % 17));
            packets.clear();
            world.runFor(Duration.ofSeconds(1));
            house.switchboard.create(new NewCall(
                    house.account.sid(),
                    "+15550000",
                    "client:bob",
                    new NewDocument.Inline(
                            "<Response><Dial><Queue>support</Queue></Dial></Response>", Optional.empty()),
                    Optional.<StatusCallback>empty(),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    "",
                    Optional.empty()));
            world.runFor(Duration.ofMillis(1_500));
            return List.copyOf(packets);
        }
    }

    /** The tone has nearly all of the power, or nearly none. */
    private static Heard heard(short[] samples, int count) {
        double square = 0;
        for (int i = 0; i < count; i++) {
            square += (double) samples[i] * samples[i];
        }
        double share = square == 0 ? 0 : HandoverTest.power(samples, count, TONE) / square;
        return share > 0.9 ? Heard.OTHER : share < 0.1 ? Heard.MUSIC : Heard.BOTH;
    }
}
