package teleapi.lab.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import teleapi.media.dtmf.ToneMeter;

/**
 * What a peer heard, frame by frame, and when.
 *
 * <pre>
 * Shape   frames of 20 ms; a frame is the set of the tones in it
 * Units   System.nanoTime of the frame's arrival; Hz
 * Thread  any; guarded by its lock
 * </pre>
 */
final class Recording {
    record Frame(long nanos, Set<Integer> tones) {}

    /** Two tenths of a second in which all but two frames agree: a late packet makes a click, and a click is no tone. */
    private static final int LOOKED_AT = 10;

    private static final int AGREEING = 8;

    /** ToneMeter: whoever must be sure of a tone waits for three frames. */
    private static final int CERTAIN = 3;

    /** Fifteen packets: no jitter lasts that long here. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private final String whose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Frame> frames = new ArrayList<>();
    private final ToneMeter meter;

    Recording(Voice voice) {
        this.whose = voice.name();
        this.meter = ToneMeter.of(
                voice.all().stream().mapToDouble(Integer::doubleValue).toArray());
    }

    void hear(short[] samples, int count, long nanos) {
        lock.lock();
        try {
            // By halves of a frame, so that every frame's end is noticed whatever the pieces are.
            for (int at = 0; at < count; at += 80) {
                if (meter.hear(samples, at, Math.min(80, count - at)) > 0) {
                    var tones = new TreeSet<Integer>();
                    meter.heard().forEach(tone -> tones.add((int) Math.round(tone.hertz())));
                    frames.add(new Frame(nanos, tones));
                    more.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until just these tones, and no others, have been heard for a while that begins now. */
    void awaitTones(Set<Integer> tones) {
        awaitTonesWithin(Happenings.PATIENCE, tones);
    }

    void awaitTonesWithin(Duration patience, Set<Integer> tones) {
        long left = patience.toNanos();
        lock.lock();
        try {
            int begin = frames.size();
            while (!agree(begin, tones)) {
                if (left <= 0) {
                    throw new AssertionError(whose + " does not hear " + tones + " but " + described(begin));
                }
                left = more.awaitNanos(left);
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing has come, no silence either, for a while. */
    void awaitQuiet() {
        long deadline = System.nanoTime() + Happenings.PATIENCE.toNanos();
        lock.lock();
        try {
            int before = -1;
            while (before != frames.size()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(whose + " is still spoken to: " + described(before));
                }
                before = frames.size();
                long left = QUIET.toNanos();
                while (left > 0 && before == frames.size()) {
                    left = more.awaitNanos(left);
                }
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } finally {
            lock.unlock();
        }
    }

    private boolean agree(int begin, Set<Integer> tones) {
        int from = frames.size() - LOOKED_AT;
        return from >= begin
                && frames.subList(from, frames.size()).stream()
                                .filter(frame -> frame.tones().equals(tones))
                                .count()
                        >= AGREEING;
    }

    /** The tones that were certainly heard in some time. */
    Set<Integer> tonesBetween(long from, long to) {
        lock.lock();
        try {
            var certain = new TreeSet<Integer>();
            var running = new java.util.TreeMap<Integer, Integer>();
            for (Frame frame : frames) {
                if (frame.nanos() >= from && frame.nanos() < to) {
                    running.keySet().retainAll(frame.tones());
                    frame.tones().forEach(tone -> {
                        if (running.merge(tone, 1, Integer::sum) >= CERTAIN) {
                            certain.add(tone);
                        }
                    });
                }
            }
            return certain;
        } finally {
            lock.unlock();
        }
    }

    /** Which tones were heard one after the other, each for at least so many frames. */
    List<Set<Integer>> course(int least) {
        lock.lock();
        try {
            List<Set<Integer>> course = new ArrayList<>();
            int same = 0;
            for (int i = 0; i < frames.size(); i++) {
                Set<Integer> tones = frames.get(i).tones();
                same = i > 0 && tones.equals(frames.get(i - 1).tones()) ? same + 1 : 1;
                if (same == least && (course.isEmpty() || !course.getLast().equals(tones))) {
                    course.add(tones);
                }
            }
            return course;
        } finally {
            lock.unlock();
        }
    }

    /** How long a tone was heard, all in all. */
    Duration heardFor(int tone) {
        lock.lock();
        try {
            return Duration.ofMillis(20
                    * frames.stream()
                            .filter(frame -> frame.tones().contains(tone))
                            .count());
        } finally {
            lock.unlock();
        }
    }

    int length() {
        lock.lock();
        try {
            return frames.size();
        } finally {
            lock.unlock();
        }
    }

    private String described(int begin) {
        var text = new StringBuilder();
        Set<Integer> last = Set.of(-1);
        int same = 0;
        for (Frame frame : frames.subList(begin, frames.size())) {
            if (frame.tones().equals(last)) {
                same++;
            } else {
                text.append(same > 0 ? " ×" + (same + 1) : "").append(' ').append(frame.tones());
                last = frame.tones();
                same = 0;
            }
        }
        return text.isEmpty() ? "nothing at all: no sound comes" : text + (same > 0 ? " ×" + (same + 1) : "");
    }
}
