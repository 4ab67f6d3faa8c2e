package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;

/** A phone that begins its timestamps anew and goes on with the same source and its numbers is heard all the same (RFC 3550 A.1). */
final class ClockSetBackTest {
    private static final int[] MILLIS = {40, 100, 250, 500, 900, 5_000, 3_600_000};

    @Test
    void whatIsPassedOnGoesOnWithTimestampsOfOurOwn() {
        // RFC 3550 §5.1: one stream, whose timestamps keep up with time.
        for (int millis : MILLIS) {
            try (Studio studio = new Studio(1)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.line(1000, G711.PCMA);
                Studio.bridge(alice, bob);
                studio.run(310);
                alice.phone().pauses(-millis);
                studio.run(300);
                List<Heard> heard = bob.phone().heard();
                assertEquals(30, heard.size(), 1);
                Studio.assertContinuous(heard);
                assertEquals(2, heard.stream().filter(Heard::marker).count());
                long units = heard.getLast().timestamp() - heard.getFirst().timestamp() & 0xffff_ffffL;
                assertEquals(160.0 * (heard.size() - 1), (double) units, 8);
                Quality quality = alice.session().quality();
                assertEquals(0, quality.lost());
                assertTrue(quality.mostJitter() < 1, "a clock that is set is no jitter");
            }
        }
    }

    @Test
    void whatIsCodedAnewGoesOn() {
        // The same, for any two codecs: not a packet is missing, and the sound has no hole.
        for (Codec from : Codec.all()) {
            for (Codec to : Codec.all()) {
                for (int millis : MILLIS) {
                    try (Studio studio = new Studio(2);
                            CodecPhone alice = new CodecPhone(studio.world, "10.0.2.1", from, 310);
                            CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", to, 700)) {
                        MediaSession alices = studio.open(alice);
                        MediaSession bobs = studio.open(bob);
                        alices.bridge(bobs);
                        bobs.bridge(alices);
                        alice.talk();
                        studio.run(310);
                        alice.setsBack(millis);
                        studio.run(300);
                        String which = from + " to " + to + ", " + millis;
                        assertEquals(alice.sent().size(), bob.received().size(), 1, which);
                        assertTrue(bob.longestGap(400) < 5, () -> which + ": " + bob.longestGap(400));
                    }
                }
            }
        }
    }

    @Test
    void inARoomItIsHeardAndRecordedWithoutAHole() {
        // The same; what waits for its turn is heard first.
        for (int millis : MILLIS) {
            for (Codec codec : Codec.all()) {
                try (Studio studio = new Studio(3);
                        CodecPhone alice = new CodecPhone(studio.world, "10.0.2.1", codec, 310);
                        CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", G711.PCMU, 700)) {
                    Room room = studio.engine.openRoom("AC1");
                    MediaSession alices = studio.open(alice);
                    alices.join(room);
                    studio.open(bob).join(room);
                    Tape tape = new Tape(Tracks.SAID, 100_000, false);
                    alice.talk();
                    studio.run(300);
                    alices.record(1, tape, Tracks.SAID);
                    studio.run(310);
                    alice.setsBack(millis);
                    studio.run(400);
                    String which = codec + ", " + millis;
                    assertTrue(bob.longestGap(600) < 5, () -> which + ": " + bob.longestGap(600));
                    alices.stopRecording(1);
                    studio.run(300);
                    short[] kept = tape.channel(0);
                    int gap = 0;
                    int longest = 0;
                    for (int i = 400; i < kept.length - 400; i++) {
                        gap = Math.abs(kept[i]) < 200 ? gap + 1 : 0;
                        longest = Math.max(longest, gap);
                    }
                    assertTrue(longest < 40, which + ": " + longest / 8 + " ms");
                }
            }
        }
    }

    @Test
    void whatIsLateAcrossItIsLost() {
        // ADR-0021: of the old clock, after the new one has begun: its place has been made up for.
        for (int millis : MILLIS) {
            try (Studio studio = new Studio(4);
                    CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", Wideband.G722, 700)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                MediaSession bobs = studio.open(bob);
                alice.session().bridge(bobs);
                bobs.bridge(alice.session());
                studio.run(310);
                alice.phone().hush();
                studio.run(20);
                alice.phone().pauses(-millis);
                alice.phone().swaps();
                studio.run(10);
                alice.phone().pauses(millis);
                alice.phone().bringsTheSwapped();
                alice.phone().pauses(-millis);
                alice.phone().talk();
                studio.run(300);
                List<CodecPhone.Packet> heard = bob.received();
                for (int i = 1; i < heard.size(); i++) {
                    int step = heard.get(i).timestamp() - heard.get(i - 1).timestamp();
                    assertEquals(160, step, 200, millis + " ms");
                    assertEquals(1, heard.get(i).sequence() - heard.get(i - 1).sequence() & 0xffff);
                }
            }
        }
    }
}
