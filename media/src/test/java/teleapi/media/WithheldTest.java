package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;

/** What comes of one and does not go to the other leaves neither a gap in the numbers nor a pause in the sound (ADR-0011). */
final class WithheldTest {
    private static final int STAR = 10;

    /** As most phones do it: in place of the sound, and the end three times at once. */
    private static void presses(Studio studio, Studio.Line line, int code, int millis, int every) {
        studio.run(7);
        line.phone().hush();
        // Its last packet was of the 20 ms before that.
        studio.run(13);
        for (int at = 0; at < millis; at += every) {
            line.phone().event(code, false, 8 * (at + every), 160);
            studio.run(every);
        }
        for (int i = 0; i < 3; i++) {
            line.phone().event(code, true, 8 * millis, 160);
        }
        line.phone().pauses(millis);
        line.phone().talk();
        studio.run(400);
    }

    private static void assertNoPause(List<Heard> heard, int millis) {
        Studio.assertContinuous(heard);
        for (int i = 1; i < heard.size(); i++) {
            long pause = heard.get(i).nanos() - heard.get(i - 1).nanos();
            assertTrue(pause <= 27_000_000, () -> "nothing for " + pause / 1e6 + " ms");
        }
        long time = heard.getLast().nanos() - heard.getFirst().nanos();
        long units = heard.getLast().timestamp() - heard.getFirst().timestamp() & 0xffff_ffffL;
        assertEquals(time / 125_000.0, (double) units, 8 * millis, "timestamps keep up with time");
    }

    @Test
    void inPlaceOfAKeyThatIsForUsThereIsSilence() {
        // docs/rcml/dial.md hangupOnStar; RFC 4733 §2.5.1.2: a packet of the key every 20 to 50 ms.
        for (G711 law : G711.values()) {
            for (int every : new int[] {20, 50}) {
                try (Studio studio = new Studio(every)) {
                    Studio.Line alice = studio.talking(500, G711.PCMU);
                    Studio.Line bob = studio.line(1000, law);
                    Studio.bridge(alice, bob);
                    alice.session().keepStar(true);
                    studio.run(200);
                    long first = studio.now();
                    for (int i = 0; i < 4; i++) {
                        presses(studio, alice, STAR, 200, every);
                    }
                    List<Heard> heard = bob.heardAfter(first);
                    assertEquals(4, studio.toldBy(alice.session()).size(), "keys are told");
                    assertTrue(heard.stream().allMatch(p -> p.type() == (law == G711.PCMU ? 0 : 8)));
                    assertTrue(heard.stream().allMatch(p -> p.silent() || p.has(500)));
                    assertEquals(
                            40, (double) heard.stream().filter(Heard::silent).count(), 4);
                    assertNoPause(bob.phone().heard(), 25);
                }
            }
        }
    }

    @Test
    void whoTakesNoKeysHearsSilenceInTheirPlace() {
        // RFC 4733 §2.5.1.1: events go to who has agreed to them.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            String sdp = new String(bob.phone().sdp(), StandardCharsets.US_ASCII)
                    .replace(" " + Phone.EVENTS + "\r\n", "\r\n")
                    .replace("a=rtpmap:" + Phone.EVENTS + " telephone-event/8000\r\n", "");
            bob.session().answer(sdp.getBytes(StandardCharsets.US_ASCII));
            Studio.bridge(alice, bob);
            studio.run(200);
            presses(studio, alice, 5, 200, 20);
            assertNoPause(bob.phone().heard(), 25);
            assertTrue(bob.phone().heard().stream().allMatch(p -> p.type() == 0));
        }
    }

    @Test
    void whoSendsSoundBesideItsKeysIsHeardAllTheTime() {
        // The same: nothing is missing, so nothing is added; what kind of phone it is shows in the first key.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.line(1000, G711.PCMU);
                Studio.bridge(alice, bob);
                alice.session().keepStar(true);
                studio.run(100 + seed);
                long after = 0;
                for (int key = 0; key < 5; key++) {
                    for (int i = 1; i <= 8; i++) {
                        alice.phone().event(STAR, i > 6, 160 * i, 160 - 160 * i);
                        studio.run(20);
                    }
                    after = key == 0 ? studio.now() : after;
                    studio.run(200);
                }
                assertTrue(bob.heardAfter(after).stream().allMatch(p -> p.has(500)));
                assertTrue(bob.heardAfter(after).stream().skip(1).noneMatch(Heard::marker));
                Studio.assertContinuous(bob.phone().heard());
            }
        }
    }

    @Test
    void inPlaceOfAKeyThereIsSilenceInAnyCodec() {
        // ADR-0021: as it comes, coded anew, and what a far decoder remembers: silence is that in all of them.
        for (Codec from : Codec.all()) {
            for (Codec to : Codec.all()) {
                try (Studio studio = new Studio(4);
                        CodecPhone alice = new CodecPhone(studio.world, "10.0.2.1", from, 310);
                        CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", to, 700)) {
                    MediaSession alices = studio.open(alice);
                    MediaSession bobs = studio.open(bob);
                    alices.bridge(bobs);
                    bobs.bridge(alices);
                    alices.keepStar(true);
                    alice.talk();
                    studio.run(300);
                    alice.hush();
                    int before = bob.received().size();
                    for (int i = 1; i <= 15; i++) {
                        alice.sends(CodecPhone.EVENTS, new byte[] {STAR, 10, 0, (byte) i});
                        studio.run(20);
                    }
                    String which = from + " to " + to;
                    List<CodecPhone.Packet> heard = bob.received();
                    assertEquals(15, heard.size() - before, 1, which);
                    assertTrue(bob.peak(100) < 100, () -> which + ": " + bob.peak(100));
                    alice.talk();
                    studio.run(200);
                    assertTrue(bob.level(310, 100) > 6_000, which);
                    for (int i = 1; i < heard.size(); i++) {
                        int step = heard.get(i).sequence() - heard.get(i - 1).sequence() & 0xffff;
                        assertEquals(1, step, which);
                        int units = heard.get(i).timestamp() - heard.get(i - 1).timestamp();
                        assertEquals(to.units(20), units, to.units(7), which);
                    }
                }
            }
        }
    }

    @Test
    void packetsOfATypeThatNobodyAgreedOnLeaveNoGap() {
        // RFC 3550 §7.1: what the far end could not have understood is no loss to it.
        try (Studio studio = new Studio(6)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMA);
            Studio.bridge(alice, bob);
            studio.run(200);
            for (int i = 0; i < 100; i++) {
                alice.phone().strange(77);
                studio.run(10);
            }
            alice.phone().loses(1);
            alice.phone().strange(77);
            studio.run(200);
            List<Heard> heard = bob.phone().heard();
            assertEquals(70, heard.size(), 3);
            int missing = 0;
            for (int i = 1; i < heard.size(); i++) {
                missing += (heard.get(i).sequence() - heard.get(i - 1).sequence() & 0xffff) - 1;
            }
            assertEquals(1, missing, "but for what was lost");
            assertEquals(1, heard.stream().filter(Heard::marker).count());
        }
    }

    @Test
    void whatIsOvertakenByItsSilenceLeavesNoGap() {
        // RFC 3389: the last word comes after the silence that follows it, and is not heard any more; the next comes at
        // once.
        try (Studio studio = new Studio(7)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            for (int i = 0; i < 20; i++) {
                studio.run(200 + i);
                alice.phone().quietWithTheLastWordBehind(60);
                alice.phone().talk();
            }
            studio.run(200);
            List<Heard> heard = bob.phone().heard();
            for (int i = 1; i < heard.size(); i++) {
                assertEquals(1, heard.get(i).sequence() - heard.get(i - 1).sequence() & 0xffff);
            }
        }
    }
}
