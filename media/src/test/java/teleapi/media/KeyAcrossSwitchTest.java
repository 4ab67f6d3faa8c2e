package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;

/** Whatever changes while a key is down: the other party hears it once (RFC 4733 §2.5.1.2: all its packets have one timestamp). */
final class KeyAcrossSwitchTest {
    private static final int FIVE = 5;

    /** A key of 400 ms in place of the sound; {@code meanwhile} after 100 ms, {@code then} after 200. */
    private static void presses(Studio studio, Studio.Line line, Runnable meanwhile, Runnable then) {
        line.phone().hush();
        studio.run(20);
        for (int at = 20; at <= 400; at += 20) {
            line.phone().event(FIVE, false, 8 * at, 160);
            studio.run(20);
            if (at == 100) {
                meanwhile.run();
            } else if (at == 200) {
                then.run();
            }
        }
        for (int i = 0; i < 3; i++) {
            line.phone().event(FIVE, true, 3_200, 160);
        }
        line.phone().pauses(400);
        line.phone().talk();
        studio.run(300);
    }

    private static List<Heard> keys(Studio.Line line) {
        return line.phone().heard().stream()
                .filter(packet -> packet.type() == Phone.EVENTS)
                .toList();
    }

    private static void assertHeardOnce(Studio.Line line) {
        List<Heard> keys = keys(line);
        assertTrue(keys.size() > 10, () -> "packets of the key: " + keys.size());
        assertEquals(1, keys.stream().map(Heard::timestamp).distinct().count(), "one time, one key");
        List<Heard> all = line.phone().heard();
        for (int i = 1; i < all.size(); i++) {
            assertEquals(1, all.get(i).sequence() - all.get(i - 1).sequence() & 0xffff);
        }
        Heard last = all.getLast();
        long time = (last.nanos() - all.getFirst().nanos()) / 125_000;
        long units = last.timestamp() - all.getFirst().timestamp() & 0xffff_ffffL;
        assertTrue(Math.abs(time - units) <= 320, () -> units + " in " + time + ": keeps up with time");
    }

    @Test
    void aMuteThatIsLiftedMakesNoSecondKeyOfIt() {
        // CONTRACT Mute: silence is sent between its packets.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(200);
            presses(
                    studio,
                    alice,
                    () -> alice.session().mute(true, 1),
                    () -> alice.session().mute(false, 2));
            assertHeardOnce(bob);
        }
    }

    @Test
    void aSoundOverTheCallMakesNoSecondKeyOfIt() {
        // ADR-0011: while it is heard nothing else is.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(200);
            Sound beep = Sound.tone(2_000, Duration.ofMillis(80), -12);
            presses(studio, alice, () -> bob.session().play(Layer.VERB, 1, beep, 1), () -> {});
            assertHeardOnce(bob);
        }
    }

    @Test
    void aHoldThatIsLiftedMakesNoSecondKeyOfIt() {
        // RFC 3264 §8.4.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(200);
            presses(
                    studio,
                    alice,
                    () -> bob.session().answer(bob.phone().sdp("sendonly")),
                    () -> bob.session().answer(bob.phone().sdp("sendrecv")));
            assertHeardOnce(bob);
        }
    }

    @Test
    void whoComesWhileItIsDownDoesNotHearItsRest() {
        // ADR-0011: who has not heard its beginning.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.Line carol = studio.line(1500, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(200);
            presses(studio, alice, () -> Studio.bridge(alice, carol), () -> {});
            assertTrue(keys(bob).size() > 3);
            assertEquals(0, keys(carol).size());
            assertTrue(carol.phone().heard().stream().anyMatch(packet -> packet.has(500)));
        }
    }

    @Test
    void besideSoundThatIsCodedAnewItsNumbersAreInOrder() {
        // RFC 3550 §5.1, for any two codecs; a sound that is mixed in makes those of one codec such, too.
        for (Codec from : Codec.all()) {
            for (Codec to : Codec.all()) {
                try (Studio studio = new Studio(5);
                        CodecPhone alice = new CodecPhone(studio.world, "10.0.2.1", from, 310);
                        CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", to, 700)) {
                    MediaSession alices = studio.open(alice);
                    MediaSession bobs = studio.open(bob);
                    bobs.mix(1, Sound.tone(900, Duration.ofMillis(600), -30), 1);
                    studio.run(200);
                    alices.bridge(bobs);
                    bobs.bridge(alices);
                    alice.talk();
                    studio.run(200);
                    int before = bob.received().size();
                    int began = alice.sent().getLast().timestamp();
                    for (int i = 1; i < 40; i++) {
                        alice.sends(CodecPhone.EVENTS, new byte[] {FIVE, 10, 0, (byte) i}, began, i == 1);
                        studio.run(20);
                    }
                    String which = from + " to " + to;
                    List<CodecPhone.Packet> heard = bob.received();
                    List<CodecPhone.Packet> keys = heard.subList(before, heard.size()).stream()
                            .filter(packet -> packet.type() == CodecPhone.EVENTS)
                            .toList();
                    assertEquals(39, keys.size(), 1, which);
                    assertEquals(
                            1,
                            keys.stream()
                                    .map(CodecPhone.Packet::timestamp)
                                    .distinct()
                                    .count(),
                            which);
                    // RFC 4733 §2.5.1.2: the marker is that of the first.
                    assertTrue(keys.getFirst().marker(), which);
                    assertEquals(
                            1, keys.stream().filter(CodecPhone.Packet::marker).count(), which);
                    for (int i = before; i < heard.size(); i++) {
                        int step = heard.get(i).sequence() - heard.get(i - 1).sequence() & 0xffff;
                        assertEquals(1, step, which);
                    }
                    CodecPhone.Packet last = heard.stream()
                            .filter(packet -> packet.type() != CodecPhone.EVENTS)
                            .reduce(heard.getFirst(), (one, next) -> next);
                    int late = last.timestamp() - keys.getFirst().timestamp();
                    assertEquals(to.units(800), late, to.units(100), which);
                }
            }
        }
    }
}
