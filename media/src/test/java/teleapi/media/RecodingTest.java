package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;
import teleapi.runtime.simulated.Weather;

/** ADR-0021: who hears 16 kHz hears packets of G.711 of any length in frames of 20 ms. */
final class RecodingTest {
    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 60})
    void aPacketThatComesTwiceTakesNothingAway(int millis) {
        // RFC 3550 A.1: a duplicate is none of the sound.
        try (Studio studio = new Studio(1);
                CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", Wideband.G722, 700)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            MediaSession bobs = studio.open(bob);
            alice.session().bridge(bobs);
            bobs.bridge(alice.session());
            alice.phone().packetsOf(millis);
            alice.phone().talk();
            studio.run(200);
            studio.world.weather(Weather.FAIR.withDuplication(1));
            int heard = bob.received().size();
            studio.run(600);
            List<CodecPhone.Packet> packets =
                    bob.received().subList(heard, bob.received().size());
            // Bob gets each twice himself.
            List<Integer> times = packets.stream()
                    .map(CodecPhone.Packet::timestamp)
                    .distinct()
                    .toList();
            assertEquals(
                    IntStream.range(0, times.size())
                            .mapToObj(frame -> times.getFirst() + 160 * frame)
                            .toList(),
                    times);
            assertTrue(times.size() > 25, () -> times.size() + " frames");
        }
    }
}
