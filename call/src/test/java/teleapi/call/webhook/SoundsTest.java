package teleapi.call.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.media.speech.SpeechEngine;
import teleapi.runtime.simulated.SimulatedWorld;

class SoundsTest {
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final List<String> requested = new ArrayList<>();

    private final List<Map<String, String>> headers = new ArrayList<>();
    private HttpReply reply = new HttpReply.Failed(11205, "nobody there");

    private static Sound ready(LoadedSound loaded) {
        return assertInstanceOf(LoadedSound.Ready.class, loaded).sound();
    }

    private Sounds sounds(HttpReply answer) {
        return sounds(answer, Optional.empty());
    }

    private Sounds sounds(HttpReply answer, Optional<Path> folder) {
        reply = answer;
        var speech = new SpeechEngine() {
            @Override
            public Sound speak(String text, String language, String voice) {
                if (text.isEmpty()) {
                    throw new SoundException("nothing to say");
                }
                return Sound.tone(400, Duration.ofMillis(100), -10);
            }

            @Override
            public String name() {
                return "test";
            }
        };
        return new Sounds(
                world.time(),
                ask -> {
                    requested.add(ask.url());
                    headers.add(ask.headers());
                    return reply;
                },
                speech,
                folder);
    }

    private static HttpReply wav() {
        return new HttpReply.Received(200, "http://app/a.wav", "audio/wav", wavBytes());
    }

    private static byte[] wavBytes() {
        var header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 1_600);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        header.putInt(8_000).putInt(16_000).putShort((short) 2).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(1_600);
        var file = new ByteArrayOutputStream();
        file.writeBytes(header.array());
        file.writeBytes(new byte[1_600]);
        return file.toByteArray();
    }

    @Test
    void oneCopyServesAllCallsForAMinute() {
        // reference/perf.md part 4, 4: prompts are kept decoded; a changed prompt is heard after a minute.
        Sounds sounds = sounds(wav(), Optional.empty());
        assertEquals(
                800,
                assertInstanceOf(LoadedSound.Ready.class, sounds.load("http://app/a.wav"))
                        .sound()
                        .length());
        sounds.load("http://app/a.wav");
        assertEquals(List.of("http://app/a.wav"), requested);
        world.runFor(Duration.ofSeconds(61));
        sounds.load("http://app/a.wav");
        assertEquals(2, requested.size());
    }

    @Test
    void anOldCopyServesOnWhenTheServerSaysThatNothingHasChanged() {
        // RFC 9111 §4.3: asked with its ETag, a 304 makes it fresh again; a 200 takes its place
        var age = Optional.of(Duration.ofSeconds(5));
        var tagged = new Freshness(true, age, Map.of("If-None-Match", "\"1\""));
        Sounds sounds = sounds(new HttpReply.Received(200, "http://app/a.wav", "audio/wav", wavBytes(), tagged));
        Sound first = ready(sounds.load("http://app/a.wav"));
        world.runFor(Duration.ofSeconds(6));
        reply = new HttpReply.Received(304, "http://app/a.wav", "", new byte[0], new Freshness(true, age, Map.of()));
        assertSame(first, ready(sounds.load("http://app/a.wav")));
        assertEquals(List.of(Map.of(), Map.of("If-None-Match", "\"1\"")), headers);
        assertSame(first, ready(sounds.load("http://app/a.wav")));
        assertEquals(2, requested.size(), "it is fresh again");
        world.runFor(Duration.ofSeconds(6));
        reply = wav();
        assertNotSame(first, ready(sounds.load("http://app/a.wav")));
        assertEquals(Map.of("If-None-Match", "\"1\""), headers.getLast());
        reply = new HttpReply.Received(304, "http://app/b.wav", "", new byte[0]);
        assertEquals(13233, code(sounds.load("http://app/b.wav")), "a 304 that nobody asked for is no sound");
    }

    @Test
    void whatMayNotBeKeptIsRequestedEachTime() {
        // RFC 9111 §5.2.2.5
        Sounds sounds = sounds(new HttpReply.Received(
                200, "http://app/a.wav", "audio/wav", wavBytes(), new Freshness(false, Optional.empty(), Map.of())));
        ready(sounds.load("http://app/a.wav"));
        ready(sounds.load("http://app/a.wav"));
        assertEquals(2, requested.size());
    }

    @Test
    void muLawIsPlayedByItsTypeOrName() {
        // issue 4, 1: WAV, MP3, µ-law; RFC 2046 §4.3
        byte[] octets = new byte[800];
        assertEquals(
                800,
                ready(sounds(new HttpReply.Received(200, "http://app/a", "audio/basic", octets))
                                .load("http://app/a"))
                        .length());
        assertEquals(
                800,
                ready(sounds(new HttpReply.Received(200, "http://app/a.ulaw", "", octets))
                                .load("http://app/a.ulaw"))
                        .length());
    }

    @Test
    void whatCannotBePlayedSaysWhy() {
        // CONTRACT "A Play file that is missing: notification, next verb".
        var missing = new HttpReply.Received(404, "http://app/a.wav", "text/html", new byte[0]);
        assertEquals(13233, code(sounds(missing, Optional.empty()).load("http://app/a.wav")));
        var noise = new HttpReply.Received(200, "http://app/a.wav", "audio/wav", new byte[99]);
        assertEquals(12400, code(sounds(noise, Optional.empty()).load("http://app/a.wav")));
        var down = new HttpReply.Failed(11205, "refused");
        assertEquals(11205, code(sounds(down, Optional.empty()).load("http://app/a.wav")));
        assertEquals(13520, code(sounds(down, Optional.empty()).speak("", "en", "man")));
    }

    @Test
    void theFolderCannotBeLeft(@TempDir Path all) throws IOException {
        // reference/reliability.md A2: names are compared after links and dots are resolved.
        Path folder = Files.createDirectory(all.resolve("sounds"));
        Files.write(folder.resolve("in.wav"), wavBytes());
        Files.write(all.resolve("out.wav"), wavBytes());
        Files.createSymbolicLink(folder.resolve("link.wav"), all.resolve("out.wav"));
        Sounds sounds = sounds(wav(), Optional.of(folder));
        assertInstanceOf(LoadedSound.Ready.class, sounds.load("store:in.wav"));
        assertEquals(13233, code(sounds.load("store:../out.wav")));
        assertEquals(13233, code(sounds.load("store:link.wav")));
        assertEquals(13233, code(sounds.load("store:" + all.resolve("out.wav"))));
        assertEquals(13233, code(sounds.load("store:absent.wav")));
        assertEquals(List.of(), requested);
    }

    private static int code(LoadedSound loaded) {
        return assertInstanceOf(LoadedSound.Unplayable.class, loaded).code();
    }

    @Test
    void whatIsKeptIsBoundedInLengthAndNumberAndTheLongestUnusedGoes() {
        // issue 4, 4: caches bounded; docs/rcml/play.md: 256 MiB and 10,000 sounds in all
        Sound minutes = Sound.of(new short[14_000_000]);
        var spoken = new ArrayList<String>();
        Sounds long9 = speaking(minutes, spoken);
        for (int text = 0; text < 9; text++) {
            long9.speak("text " + text, "en", "man");
        }
        long9.speak("text 0", "en", "man");
        assertEquals(9, spoken.size(), "nine of them are kept");
        long9.speak("text 9", "en", "man");
        long9.speak("text 0", "en", "man");
        assertEquals(10, spoken.size(), "what was used last is kept");
        long9.speak("text 1", "en", "man");
        assertEquals(11, spoken.size(), "what was not used for longest is not");

        spoken.clear();
        Sounds short10000 = speaking(Sound.of(new short[8]), spoken);
        for (int text = 0; text <= 10_000; text++) {
            short10000.speak("text " + text, "en", "man");
        }
        short10000.speak("text 1", "en", "man");
        assertEquals(10_001, spoken.size());
        short10000.speak("text 0", "en", "man");
        assertEquals(10_002, spoken.size());
    }

    private Sounds speaking(Sound sound, List<String> spoken) {
        var speech = new SpeechEngine() {
            @Override
            public Sound speak(String text, String language, String voice) {
                spoken.add(text);
                return sound;
            }

            @Override
            public String name() {
                return "test";
            }
        };
        return new Sounds(world.time(), ask -> reply, speech, Optional.empty());
    }
}
