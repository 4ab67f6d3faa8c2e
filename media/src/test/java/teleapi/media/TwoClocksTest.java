package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.SoundEncoder;
import teleapi.media.codec.Wideband;

/** Who has agreed on two codecs may change from one to the other at any packet, also where their clocks differ (RFC 3264 §6.1, RFC 7160). */
final class TwoClocksTest {
    private static final int OPUS = 111;

    /** Says a tone in both codecs by turns, {@code times} 20 ms in each; each has timestamps of its own. */
    private static final class Speaker implements AutoCloseable {
        private final Studio studio;
        private final CodecPhone phone;
        private final MediaSession session;
        private final SoundEncoder encoder = Wideband.OPUS.encoder();
        private int frames;

        Speaker(Studio studio) {
            this.studio = studio;
            this.phone = new CodecPhone(studio.world, "10.0.2.1", G711.PCMU, 310);
            this.session = studio.open();
            byte[] offer = session.offer();
            String ours = new String(offer, StandardCharsets.US_ASCII);
            int opus = Integer.parseInt(ours.replaceAll("(?s).*a=rtpmap:(\\d+) opus.*", "$1"));
            String sdp =
                    new String(phone.sdp(), StandardCharsets.US_ASCII).replace("RTP/AVP 0 ", "RTP/AVP 0 " + OPUS + " ")
                            + "a=rtpmap:" + OPUS + " opus/48000/2\r\n";
            assertInstanceOf(Negotiation.Agreed.class, session.accepted(sdp.getBytes(StandardCharsets.US_ASCII)));
            phone.takes(offer);
            this.type = opus;
        }

        private final int type;

        void says(boolean opus, int firstStamp, int times) {
            short[] tone = new short[320];
            for (int i = 0; i < times; i++) {
                int rate = opus ? Wideband.RATE : 8_000;
                int count = rate / 50;
                for (int j = 0; j < count; j++) {
                    tone[j] = (short) (8_000 * Math.sin(2 * Math.PI * 400 * (frames * count + j) / rate));
                }
                byte[] octets = new byte[SoundEncoder.LARGEST];
                int length = count;
                if (opus) {
                    length = encoder.encode(tone, 0, octets, 0);
                } else {
                    G711.PCMU.encode(tone, 0, octets, 0, count);
                }
                int clock = opus ? 48_000 : 8_000;
                phone.sends(opus ? type : 0, Arrays.copyOf(octets, length), firstStamp + frames * (clock / 50), false);
                frames++;
                studio.run(20);
            }
        }

        @Override
        public void close() {
            phone.close();
            encoder.close();
        }
    }

    @Test
    void itsSoundGoesOnForWhomeverItIsCoded() {
        for (int opusClock : new int[] {0, 1_000_000, -5_000_000}) {
            for (Codec to : Codec.all()) {
                try (Studio studio = new Studio(1);
                        Speaker alice = new Speaker(studio);
                        CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", to, 700)) {
                    MediaSession bobs = studio.open(bob);
                    alice.session.bridge(bobs);
                    bobs.bridge(alice.session);
                    for (int i = 0; i < 6; i++) {
                        alice.says(i % 2 == 1, i % 2 == 1 ? opusClock : 300_000, 10);
                    }
                    String which = to + ", " + opusClock;
                    List<CodecPhone.Packet> heard = bob.received();
                    assertEquals(60, heard.size(), 1, which);
                    for (int i = 1; i < heard.size(); i++) {
                        int step = heard.get(i).sequence() - heard.get(i - 1).sequence() & 0xffff;
                        assertEquals(1, step, which);
                        int units = heard.get(i).timestamp() - heard.get(i - 1).timestamp();
                        assertEquals(to.units(20), units, to.units(5), which);
                    }
                    assertTrue(bob.longestGap(1_000) < 8, () -> which + ": " + bob.longestGap(1_000));
                    studio.run(1_100);
                    Quality quality = alice.session.quality();
                    assertTrue(quality.mostJitter() < 2, () -> which + ": " + quality);
                }
            }
        }
    }

    @Test
    void itIsRecordedWithoutAHole() {
        try (Studio studio = new Studio(2);
                Speaker alice = new Speaker(studio)) {
            Tape tape = new Tape(Tracks.SAID, 100_000, false);
            alice.says(false, 300_000, 10);
            alice.session.record(1, tape, Tracks.SAID);
            for (int i = 0; i < 6; i++) {
                alice.says(i % 2 == 1, i % 2 == 1 ? 0 : 300_000, 10);
            }
            alice.session.stopRecording(1);
            studio.run(300);
            short[] kept = tape.channel(0);
            assertEquals(1_200 * 8, kept.length, 1_600);
            int gap = 0;
            int longest = 0;
            for (int i = 400; i < kept.length - 1_600; i++) {
                gap = Math.abs(kept[i]) < 200 ? gap + 1 : 0;
                longest = Math.max(longest, gap);
            }
            assertTrue(longest < 80, "silent for " + longest / 8 + " ms");
        }
    }

    @Test
    void aClockThatWasSetBackStaysSoWhenTheCodecChanges() {
        // PCMU and PCMA count in one clock: ADR-0021.
        try (Studio studio = new Studio(3);
                CodecPhone alice = new CodecPhone(studio.world, "10.0.2.1", G711.PCMU, 310);
                CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", Wideband.G722, 700)) {
            MediaSession alices = studio.open();
            byte[] offer = alices.offer();
            String sdp = new String(alice.sdp(), StandardCharsets.US_ASCII).replace("RTP/AVP 0 ", "RTP/AVP 0 8 ");
            assertInstanceOf(Negotiation.Agreed.class, alices.accepted(sdp.getBytes(StandardCharsets.US_ASCII)));
            alice.takes(offer);
            MediaSession bobs = studio.open(bob);
            alices.bridge(bobs);
            bobs.bridge(alices);
            byte[] frame = new byte[160];
            for (int i = 0; i < 30; i++) {
                int stamp = 160 * i + (i < 10 ? 40_000 : 0);
                alice.sends(i < 20 ? 0 : 8, frame, stamp, false);
                studio.run(20);
            }
            List<CodecPhone.Packet> heard = bob.received();
            assertEquals(30, heard.size());
            for (int i = 1; i < heard.size(); i++) {
                assertEquals(160, heard.get(i).timestamp() - heard.get(i - 1).timestamp());
            }
        }
    }
}
