package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Whatever is asked in whatever order: some things never happen. */
final class AnyOrderTest {
    private static final int[] TONES = {500, 900, 1300, 1700};
    /** No edge of another tone is so loud; the tone itself is three times as loud. */
    private static final double LOUD = 3000;

    /** From when until when a party must not be heard, or must not hear. */
    private record Muted(int party, long from, long to) {
        boolean holds(long nanos) {
            return nanos > from && nanos < to;
        }
    }

    private record Asked(int party, long request, long nanos) {}

    @Test
    void theMutedAreNotHeardTheDeafDoNotHearAndNobodyHearsItself() {
        // MediaEvent.Applied; Room; MediaSession.bridge, over random orders of everything.
        for (int seed = 0; seed < 40; seed++) {
            Random chance = new Random(seed);
            List<Asked> unmuted = new ArrayList<>();
            List<Asked> muted = new ArrayList<>();
            List<Asked> deafened = new ArrayList<>();
            List<Asked> hearing = new ArrayList<>();
            List<Studio.Line> lines = new ArrayList<>();
            try (Studio studio = new Studio(seed)) {
                for (int i = 0; i < TONES.length; i++) {
                    lines.add(studio.talking(TONES[i], i % 2 == 0 ? G711.PCMU : G711.PCMA));
                }
                Room room = studio.engine.openRoom("AC1");
                for (int step = 0; step < 80; step++) {
                    int which = chance.nextInt(lines.size());
                    Studio.Line line = lines.get(which);
                    switch (chance.nextInt(13)) {
                        case 0, 1 -> {
                            muted.add(new Asked(which, 1000 + step, studio.now()));
                            line.session().mute(true, 1000 + step);
                        }
                        case 2 -> {
                            unmuted.add(new Asked(which, 1000 + step, studio.now()));
                            line.session().mute(false, 1000 + step);
                        }
                        case 3 -> {
                            Studio.Line other = lines.get(chance.nextInt(lines.size()));
                            line.session().bridge(other.session());
                            other.session().bridge(line.session());
                        }
                        case 4, 5 -> line.session().join(room);
                        case 6 ->
                            line.session()
                                    .play(
                                            chance.nextBoolean() ? Layer.VERB : Layer.HOLD,
                                            step,
                                            Sound.tone(2500, Duration.ofMillis(chance.nextInt(200)), -12),
                                            chance.nextInt(3));
                        case 7 -> line.session().sendDigits(1, "1");
                        case 8 -> line.session().stopPlayback(chance.nextInt(80));
                        case 9 ->
                            line.session().mix(step, Sound.tone(2500, Duration.ofMillis(chance.nextInt(200)), -12), 1);
                        case 10 -> {
                            deafened.add(new Asked(which, 1000 + step, studio.now()));
                            line.session().deaf(true, 1000 + step);
                        }
                        case 11 -> {
                            hearing.add(new Asked(which, 1000 + step, studio.now()));
                            line.session().deaf(false, 1000 + step);
                        }
                        default -> {
                            if (chance.nextBoolean()) {
                                line.session().leave();
                            } else {
                                line.session().answer(line.phone().sdp(chance.nextBoolean() ? "sendonly" : "sendrecv"));
                            }
                        }
                    }
                    studio.run(chance.nextInt(60));
                }
                List<Muted> silences = silences(studio, lines, muted, unmuted);
                List<Muted> deafness = silences(studio, lines, deafened, hearing);
                for (int listener = 0; listener < lines.size(); listener++) {
                    for (Heard packet : lines.get(listener).phone().heard()) {
                        if (packet.type() != Phone.EVENTS) {
                            check(seed, listener, packet, silences, deafness);
                        }
                    }
                }
                lines.forEach(line -> line.session().close());
                studio.run(20);
                assertEquals(0, studio.engine.counters().rooms());
                assertEquals(0, studio.engine.counters().sessions());
            }
        }
    }

    private static void check(int seed, int listener, Heard packet, List<Muted> silences, List<Muted> deafness) {
        for (int speaker = 0; speaker < TONES.length; speaker++) {
            if (packet.level(TONES[speaker]) < LOUD) {
                continue;
            }
            int one = speaker;
            assertTrue(
                    speaker != listener, () -> "seed " + seed + ": " + listener + " hears itself at " + packet.nanos());
            // A millisecond under way.
            long sent = packet.nanos() - 1_000_000;
            assertTrue(
                    silences.stream().noneMatch(muted -> muted.party() == one && muted.holds(sent)),
                    () -> "seed " + seed + ": " + listener + " hears the muted " + one + " at " + packet.nanos());
            assertTrue(
                    deafness.stream().noneMatch(deaf -> deaf.party() == listener && deaf.holds(sent)),
                    () -> "seed " + seed + ": the deaf " + listener + " hears " + one + " at " + packet.nanos());
        }
    }

    /** From when a mute was said to be applied until the next time that it was asked to be lifted. */
    private static List<Muted> silences(
            Studio studio, List<Studio.Line> lines, List<Asked> muted, List<Asked> unmuted) {
        List<Muted> silences = new ArrayList<>();
        for (Asked asked : muted) {
            long applied = studio.until(lines.get(asked.party()).session(), new MediaEvent.Applied(asked.request()));
            long lifted = unmuted.stream()
                    .filter(other -> other.party() == asked.party()
                            && other.nanos() >= asked.nanos()
                            && other.request() > asked.request())
                    .mapToLong(Asked::nanos)
                    .min()
                    .orElse(Long.MAX_VALUE);
            silences.add(new Muted(asked.party(), applied, lifted));
        }
        return silences;
    }
}
