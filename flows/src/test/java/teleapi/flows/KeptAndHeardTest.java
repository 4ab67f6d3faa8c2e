package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.records.RecordingRecord;
import teleapi.lab.phone.PhoneEvent;
import teleapi.media.sound.WavFile;

/** Attributes that say which sound a caller hears, and which is in a recording: by the tones in it. */
final class KeptAndHeardTest {
    private static final int RATE = 8_000;

    /** Of all ringing tones in the table. */
    private static final List<Integer> RINGING = List.of(400, 425, 440, 450, 480);

    @ParameterizedTest
    @CsvSource({"'', 440 480", "us, 440 480", "uk, 400 450", "de, 425", "fr, 440"})
    void theCallerHearsTheRingingOfTheCountry(String country, String tones) throws IOException {
        // docs/rcml/dial.md ringTone; restcomm.md 5.2 Dial; ITU-T E.180 supplement 2
        String attribute = country.isEmpty() ? "" : "ringTone=\"" + country + "\"";
        String document = "<Dial %s><Client>carol</Client></Dial>".formatted(attribute);
        try (StreamTalk talk = new StreamTalk(1, document, (line, said) -> {})) {
            talk.house.phone("carol", "client", 1_800, List.of(), event -> {
                if (event instanceof PhoneEvent.Invited) {
                    talk.house.phone("carol").ring(false);
                }
            });
            talk.run(1_000).begin().run(3_000);
            short[] burst = burst(joined(talk.heard));
            List<String> heard = RINGING.stream()
                    .filter(tone -> share(burst, tone) > 0.2)
                    .map(String::valueOf)
                    .toList();
            assertEquals(tones, String.join(" ", heard));
            talk.end();
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 1300 1550", "both, 1300 1550", "inbound, 1300", "outbound, 1550"})
    void aDialKeepsWhatTheCallerSaysOrHears(String track, String tones) throws IOException {
        // docs/rcml/dial.md recordingTrack: inbound is what the caller says, outbound what it hears
        String attribute = track.isEmpty() ? "" : "recordingTrack=\"" + track + "\"";
        String document = "<Dial record=\"true\" %s><Client>bob</Client></Dial>".formatted(attribute);
        try (StreamTalk talk = new StreamTalk(2, document, (line, said) -> {})) {
            talk.begin().run(4_000);
            talk.end();
            short[] kept = kept(talk);
            assertTrue(kept.length > 2 * RATE, () -> kept.length + " samples");
            short[] middle = Arrays.copyOfRange(kept, RATE, 2 * RATE);
            List<String> heard = Stream.of(StreamTalk.CALLER, StreamTalk.BOB)
                    .filter(tone -> StreamTalk.loud(middle, tone))
                    .map(String::valueOf)
                    .toList();
            assertEquals(tones, String.join(" ", heard));
            assertEquals(track.isEmpty() ? "both" : track, recording(talk).track());
        }
    }

    @ParameterizedTest
    @CsvSource({"'', true", "trim-silence, true", "do-not-trim, false"})
    void aRecordKeepsTheSilenceAroundWhatIsSaidOrNot(String trim, boolean trimmed) throws IOException {
        // docs/rcml/record.md trim: of the silence before and after what is said 0.2 s are left
        String attribute = trim.isEmpty() ? "" : "trim=\"" + trim + "\"";
        String document = "<Record action=\"/done\" playBeep=\"false\" timeout=\"3\" %s/>".formatted(attribute);
        try (StreamTalk talk = new StreamTalk(3, document, (line, said) -> {})) {
            talk.house.phone("caller").talk(false);
            talk.begin().run(2_000);
            talk.house.phone("caller").talk(true);
            talk.run(2_000);
            talk.house.phone("caller").talk(false);
            talk.run(5_000);
            short[] kept = kept(talk);
            int begins = firstLoud(kept);
            int silenceAfter = kept.length - begins - 2 * RATE;
            // Before it there is what came until the caller spoke: it is answered soon, and waits for 2 s in all.
            assertNear(trimmed ? 200 : 1_900, begins, 150);
            assertNear(trimmed ? 200 : 3_000, silenceAfter, 150);
            assertEquals(
                    Integer.toString(Math.ceilDiv(kept.length, RATE)),
                    talk.asked("/done").getFirst().parameters().getOrDefault("RecordingDuration", "none"));
            talk.end();
        }
    }

    private static void assertNear(int millis, int samples, int apart) {
        assertEquals(millis, samples * 1_000.0 / RATE, apart);
    }

    private static RecordingRecord recording(StreamTalk talk) {
        return talk.house.memory.recordings.values().iterator().next();
    }

    private static short[] kept(StreamTalk talk) throws IOException {
        assertTrue(recording(talk).status().ended());
        return WavFile.read(Files.readAllBytes(
                        talk.house.recordings.file(recording(talk).sid())))
                .values();
    }

    /** The first 350 ms that are no silence. */
    private static short[] burst(short[] samples) {
        int begins = firstLoud(samples);
        return Arrays.copyOfRange(samples, begins, begins + RATE * 350 / 1_000);
    }

    private static int firstLoud(short[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (Math.abs(samples[i]) > 500) {
                return i;
            }
        }
        throw new AssertionError("nothing but silence");
    }

    private static short[] joined(List<short[]> blocks) {
        short[] all = new short[blocks.stream().mapToInt(block -> block.length).sum()];
        int at = 0;
        for (short[] block : blocks) {
            System.arraycopy(block, 0, all, at, block.length);
            at += block.length;
        }
        return all;
    }

    /** How much of all there is, is this tone. */
    private static double share(short[] samples, int tone) {
        double all = 0;
        for (short sample : samples) {
            all += (double) sample * sample;
        }
        return HandoverTest.power(samples, samples.length, tone) / all;
    }
}
