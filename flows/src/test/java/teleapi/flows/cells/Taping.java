package teleapi.flows.cells;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import teleapi.media.dtmf.ToneMeter;
import teleapi.media.sound.WavFile;

/**
 * A recording of the target's call that a cell makes, and what its sound must be: who is in it, and from when.
 *
 * <pre>
 * Thread  the scene's
 * Errors  AssertionError of the scene
 * </pre>
 */
final class Taping {
    /** So long it goes on in each state. */
    private static final Duration WHILE = Duration.ofMillis(400);

    private static final int FRAME = 20;
    /** Of its end so many frames are looked at one by one, but not the very last. */
    private static final int LAST = 15;

    /** A tone is there: what it leaves in its neighbours is 31 dB below it, and it is sent at -15. */
    private static final double THERE = -30;

    /** Where a voice begins and ends, and at the seams of packets, a frame may have half of it. */
    private static final int SEAMS = 3;

    private final Scene scene;
    private final Player target;
    private final Heard hears;
    private final boolean another;

    /**
     * @param hears what the target hears at the end of it
     * @param another whether a verb's goes on beside it
     */
    Taping(Scene scene, Player target, Heard hears, boolean another) {
        this.scene = scene;
        this.target = target;
        this.hears = hears;
        this.another = another;
    }

    /** One that goes on for a while. */
    void begins() {
        asks("start", 200);
        scene.pass(WHILE);
    }

    /** It has begun between these two moments, and goes on: it is stopped, and its sound is right. */
    void isRight(long from, long until) {
        scene.pass(WHILE);
        long asked = scene.stage.nanos();
        asks("stop", 200);
        long stopped = scene.stage.nanos();
        if (!another) {
            asks("stop", Cell.CONFLICT);
        }
        List<Set<Tone>> frames = frames("StartCallRecordingAPI");
        long length = Duration.ofMillis((long) FRAME * frames.size()).toNanos();
        within("its length", length, asked - until, stopped - from);
        voices(frames, frames.size());
    }

    /** It has been paused between these two moments: it is resumed and stopped, and has silence for just that time. */
    void isPaused(long from, long until) {
        scene.pass(WHILE);
        long asked = scene.stage.nanos();
        asks("resume", 200);
        long resumed = scene.stage.nanos();
        scene.pass(WHILE);
        asks("stop", 200);
        List<Set<Tone>> frames = frames("StartCallRecordingAPI");
        int longest = 0;
        int silent = 0;
        for (Set<Tone> frame : frames) {
            silent = frame.isEmpty() || (hears.kind() == Heard.Kind.OTHER && !frame.contains(target.voice()))
                    ? silent + 1
                    : 0;
            longest = Math.max(longest, silent);
        }
        long pause = Duration.ofMillis((long) FRAME * longest).toNanos();
        within("the pause in it", pause, asked - until, resumed - from);
        voices(frames, frames.size() - longest);
    }

    /** Its file has come to its end: it is the target's alone. */
    void isAMessage() {
        List<Set<Tone>> frames = frames("RecordVerb");
        voices(frames, frames.size());
    }

    private void asks(String what, int status) {
        scene.same(
                "Record=" + what,
                status,
                scene.modifies(target, Map.of("Record", what)).status());
    }

    /** Of so many frames nearly all have the target's voice, none anybody's whom it does not hear, and at the end everyone is in it. */
    private void voices(List<Set<Tone>> frames, int recorded) {
        Set<Tone> all = EnumSet.of(target.voice());
        all.addAll(hears.tones());
        List<Set<Tone>> end = frames.subList(Math.max(0, frames.size() - SEAMS - LAST), frames.size() - SEAMS);
        long own = count(frames, target.voice());
        long missing = end.stream().filter(frame -> !frame.containsAll(all)).count();
        boolean foreign = hears.kind() != Heard.Kind.OTHER
                && end.stream().flatMap(Collection::stream).anyMatch(tone -> !all.contains(tone));
        boolean most = scene.stage.exact() ? own >= recorded - 2 * SEAMS : 2 * own >= recorded;
        boolean nearlyAll = scene.stage.exact() ? missing == 0 : 3 * missing <= LAST;
        if (!most || !nearlyAll || foreign) {
            throw scene.fail(target + "'s recording should have " + all + ": " + frames);
        }
    }

    private static long count(List<Set<Tone>> frames, Tone tone) {
        return frames.stream().filter(frame -> frame.contains(tone)).count();
    }

    private void within(String what, long nanos, long least, long most) {
        long slack = scene.stage.longestGap().plusMillis(2 * FRAME).toNanos();
        if (nanos < least - slack || nanos > most + slack) {
            throw scene.fail("%s's recording: %s is %.0f ms, not from %.0f to %.0f"
                    .formatted(target, what, nanos / 1e6, least / 1e6, most / 1e6));
        }
    }

    private List<Set<Tone>> frames(String source) {
        short[] samples =
                WavFile.read(scene.stage.recording(scene.sid(target), source)).values();
        ToneMeter meter =
                ToneMeter.of(Tone.all().stream().mapToDouble(Integer::intValue).toArray());
        int size = 8 * FRAME;
        var tones = List.of(Tone.values());
        var frames = new ArrayList<Set<Tone>>();
        for (int from = 0; from + size <= samples.length; from += size) {
            meter.hear(samples, from, size);
            Set<Tone> there = EnumSet.noneOf(Tone.class);
            for (int i = 0; i < tones.size(); i++) {
                if (meter.level(i) > THERE) {
                    there.add(tones.get(i));
                }
            }
            frames.add(there);
        }
        return frames;
    }
}
