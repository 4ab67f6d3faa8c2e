package teleapi.flows;

import java.time.Duration;
import java.util.List;
import teleapi.media.SoundException;
import teleapi.media.speech.Expected;
import teleapi.media.speech.Heard;
import teleapi.media.speech.Recogniser;
import teleapi.runtime.World;

/**
 * Understands by length: one second of sound is the first hint, two seconds the second, and so on; more than there are hints is nothing. It
 * takes a third of a second; without hints it is always the same; and hints can ask for a worse one.
 *
 * <pre>
 * Thread  any
 * </pre>
 */
record SimulatedRecogniser(World world) implements Recogniser {
    private static final int LOUD = 1_000;
    private static final double RATE = 8_000;
    /** Of the samples of a phone's tone. */
    private static final double LOUD_SHARE = 0.875;

    @Override
    public boolean understands(String language) {
        return language.startsWith("en");
    }

    @Override
    public Heard recognise(short[] samples, Expected expected) {
        List<String> hints = expected.hints();
        pause(hints.contains("slow engine") ? Duration.ofSeconds(30) : Duration.ofMillis(300));
        if (hints.contains("broken engine")) {
            throw new SoundException("the engine is broken");
        }
        if (hints.isEmpty()) {
            return new Heard("anything", 0.5);
        }
        int loud = 0;
        for (short sample : samples) {
            loud += Math.abs(sample) > LOUD ? 1 : 0;
        }
        int seconds = (int) Math.max(1, Math.round(loud / RATE / LOUD_SHARE));
        return hints.size() < seconds
                ? Heard.NOTHING
                : new Heard(hints.get(seconds - 1), expected.provisional() ? 0.5 : 0.9);
    }

    private void pause(Duration length) {
        world.mailbox("engine", 1).take(world.time().after(length));
    }

    @Override
    public String name() {
        return "simulated";
    }
}
