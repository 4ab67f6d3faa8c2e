package teleapi.media.speech;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.runtime.Counter;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * An engine shared by all calls: few texts are spoken at a time, so that its programs do not take the processor from the sound, some wait,
 * and beyond that they are refused. Who asks for a text that is being spoken, or waits for it, gets the same sound: a hundred calls with one
 * greeting are one text.
 *
 * <pre>
 * Shape   four texts at a time and 100 that wait
 * Thread  speak waits: only on a thread that may. What runs and waits is behind one lock that is never held while waiting
 * Errors  SoundException when there is no room, or no sound within 14 s, its turn included
 * Source  STYLE.md "Input": nothing is unbounded; ADR-0022, which bounds the recogniser the same way
 * </pre>
 */
public final class QueuedSpeech implements SpeechEngine {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedSpeech.class);

    static final int AT_A_TIME = 4;
    static final int MOST_WAITING = 100;

    /** Less than the 15 s after which a call goes on without, so that it learns why. */
    static final Duration PATIENCE = Duration.ofSeconds(14);

    private sealed interface Spoken {
        record Ready(Sound sound) implements Spoken {}

        record Failed(String reason) implements Spoken {}
    }

    private record Text(String words, String language, String voice) {}

    /** Those who want one text, of which the last was the last to lose patience. */
    private static final class Job {
        final Text text;
        final List<Mailbox<Spoken>> askers = new ArrayList<>();
        Deadline until;

        Job(Text text, Deadline until) {
            this.text = text;
            this.until = until;
        }
    }

    private final World world;
    private final SpeechEngine engine;
    private final Counter refused = new Counter();
    private final ReentrantLock lock = new ReentrantLock();
    /** Those that run, too. */
    private final Map<Text, Job> jobs = new HashMap<>();

    private final Deque<Job> waiting = new ArrayDeque<>();
    private int running;

    public QueuedSpeech(World world, SpeechEngine engine) {
        this.world = world;
        this.engine = engine;
    }

    @Override
    public Sound speak(String text, String language, String voice) throws SoundException {
        Mailbox<Spoken> answer = world.mailbox("spoken", 1);
        Deadline until = world.time().after(PATIENCE);
        ask(new Text(text, language, voice), answer, until);
        Optional<Spoken> spoken = answer.take(until);
        answer.close();
        return switch (spoken.orElseGet(() ->
                new Spoken.Failed("not within " + PATIENCE.toSeconds() + " s, it has too much to do or is slow"))) {
            case Spoken.Ready(Sound sound) -> sound;
            case Spoken.Failed(String reason) -> throw new SoundException(reason);
        };
    }

    @Override
    public String name() {
        return engine.name();
    }

    /** How many texts are being spoken or wait. */
    public int live() {
        lock.lock();
        try {
            return jobs.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many were refused since the start, since too many waited. */
    public long refused() {
        return refused.count();
    }

    private void ask(Text text, Mailbox<Spoken> answer, Deadline until) {
        Optional<Job> begins = Optional.empty();
        lock.lock();
        try {
            Job job = jobs.get(text);
            if (job == null) {
                if (running == AT_A_TIME && waiting.size() == MOST_WAITING) {
                    refused.increment();
                    throw new SoundException("too many texts wait");
                }
                job = new Job(text, until);
                jobs.put(text, job);
                if (running < AT_A_TIME) {
                    running++;
                    begins = Optional.of(job);
                } else {
                    waiting.add(job);
                }
            }
            job.askers.add(answer);
            job.until = until;
        } finally {
            lock.unlock();
        }
        begins.ifPresent(job -> world.start("speech engine", () -> work(job)));
    }

    /** This one, and then those that wait. */
    private void work(Job first) {
        Optional<Job> next = Optional.of(first);
        while (next.isPresent()) {
            Job job = next.get();
            Spoken spoken = spoken(job.text);
            List<Mailbox<Spoken>> askers = new ArrayList<>();
            next = done(job, askers);
            askers.forEach(asker -> asker.post(spoken));
        }
    }

    private Spoken spoken(Text text) {
        try {
            return new Spoken.Ready(engine.speak(text.words(), text.language(), text.voice()));
        } catch (SoundException unusable) {
            return new Spoken.Failed(String.valueOf(unusable.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("{} fails by a fault of ours", engine.name(), bug);
            return new Spoken.Failed("it failed: " + bug);
        }
    }

    /** The next that somebody still waits for. */
    private Optional<Job> done(Job job, List<Mailbox<Spoken>> askers) {
        lock.lock();
        try {
            jobs.remove(job.text);
            askers.addAll(job.askers);
            while (!waiting.isEmpty() && waiting.getFirst().until.passed(world.time())) {
                jobs.remove(waiting.removeFirst().text);
            }
            Optional<Job> next = Optional.ofNullable(waiting.pollFirst());
            running -= next.isPresent() ? 0 : 1;
            return next;
        } finally {
            lock.unlock();
        }
    }
}
