package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Who is not the peer is neither heard nor sent to (reference: reliability M1, M2, M9). */
final class StrangersTest {
    private static Phone stranger(Studio studio, Studio.Line victim, String host, int hertz) {
        Phone phone = studio.phone(host, hertz);
        phone.takes(
                victim.session().answer(victim.phone().sdp()) instanceof Negotiation.Agreed agreed
                        ? agreed.sdp()
                        : new byte[0]);
        return phone;
    }

    @Test
    void aStrangerIsNotHeardBeforeTheAnswerNorAfter() {
        // M1, M2: sprays before, at and after the peer's first packet; also from the peer's own host.
        for (String host : List.of("10.0.9.9", "10.0.1.1")) {
            try (Studio studio = new Studio(1)) {
                Studio.Line alice = studio.line(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMU);
                alice.session().bridge(bob.session());
                bob.session().bridge(alice.session());
                Phone stranger = stranger(studio, alice, host, 2000);
                stranger.talk();
                studio.run(40);
                alice.phone().talk();
                studio.run(500);
                stranger.event(5, true, 320, 0);
                studio.run(500);
                assertTrue(bob.phone().heard().stream().noneMatch(p -> p.has(2000)));
                assertTrue(bob.phone().heard().stream().allMatch(p -> p.has(500)));
                assertTrue(
                        stranger.heard().isEmpty(),
                        () -> "the stranger got " + stranger.heard().size());
                assertTrue(alice.phone().heard().size() > 45);
                assertTrue(studio.toldBy(alice.session()).isEmpty());
                studio.run(300);
                assertTrue(studio.engine.counters().strangers() > 40);
            }
        }
    }

    @Test
    void thePeerBehindAnAddressTranslatorIsLearned() {
        // RFC 4961, M1: the address of the SDP is private, its packets come from elsewhere: after a few consistent ones
        // they are the peer's.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            alice.session().answer(alice.phone().sdp("sendrecv", "192.168.1.5", 4000));
            studio.run(100);
            assertTrue(alice.phone().heard().isEmpty(), "sent to the SDP's address until then");
            alice.phone().talk();
            studio.run(500);
            assertTrue(alice.phone().heard().size() >= 19);
            assertTrue(bob.phone().heard().size() >= 19);
            Phone stranger = studio.phone("10.0.9.9", 2000);
            stranger.takes(assertInstanceOf(
                            Negotiation.Agreed.class,
                            alice.session().answer(alice.phone().sdp("sendrecv", "192.168.1.5", 4000)))
                    .sdp());
            stranger.talk();
            studio.run(500);
            assertTrue(stranger.heard().isEmpty(), "a negotiation that changes nothing does not lose the peer");
            assertTrue(bob.phone().heard().stream().allMatch(p -> p.has(500)));
        }
    }

    @Test
    void nothingIsSentToAnAddressThatWasNotAgreed() {
        // M7: groups, broadcast, port 0 and our own port.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            MediaSession fresh = studio.open();
            String own = new String(fresh.offer(), java.nio.charset.StandardCharsets.US_ASCII);
            int at = own.indexOf("m=audio ") + 8;
            int ownPort = Integer.parseInt(own.substring(at, own.indexOf(' ', at)));
            for (String host : List.of("224.0.0.9", "255.255.255.255", "127.0.0.1")) {
                assertInstanceOf(
                        Negotiation.Unreadable.class, fresh.answer(alice.phone().sdp("sendrecv", host, 4000)));
            }
            assertInstanceOf(
                    Negotiation.Unreadable.class, fresh.answer(alice.phone().sdp("sendrecv", Studio.HOST, ownPort)));
            fresh.play(Layer.VERB, 1, Sound.tone(500, Duration.ofMillis(100), -12), 1);
            studio.run(400);
            assertEquals(0, studio.engine.counters().packetsOut());
        }
    }

    @Test
    void garbageIsDroppedAndCounted() {
        // RFC 3550 A.1, A.2: nothing that is not a packet gets further, whatever its length says.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(100);
            byte[] truncated = {(byte) 0x80, 0, 1, 2, 3};
            byte[] extension = new byte[14];
            extension[0] = (byte) 0x90;
            byte[] padding = new byte[20];
            padding[0] = (byte) 0xa0;
            padding[19] = 100;
            byte[] sources = new byte[20];
            sources[0] = (byte) 0x8f;
            byte[] control = {(byte) 0x81, (byte) 200, 0x7f, (byte) 0xff, 0, 0, 0, 0};
            List<byte[]> garbage = List.of(
                    truncated, extension, padding, sources, control, new byte[0], new byte[65_000], new byte[12]);
            garbage.forEach(alice.phone()::raw);
            studio.run(300);
            assertEquals(garbage.size(), studio.engine.counters().malformed());
            Random chance = new Random(4);
            for (int i = 0; i < 2000; i++) {
                byte[] noise = new byte[chance.nextInt(200)];
                chance.nextBytes(noise);
                if (noise.length > 0 && chance.nextBoolean()) {
                    noise[0] = (byte) 0x80;
                }
                alice.phone().raw(noise);
                if (i % 100 == 0) {
                    studio.run(5);
                }
            }
            studio.run(100);
            long later = studio.now();
            studio.run(300);
            assertTrue(bob.heardAfter(later).size() >= 14);
            assertTrue(bob.heardAfter(later).stream().allMatch(p -> p.has(500)));
        }
    }
}
