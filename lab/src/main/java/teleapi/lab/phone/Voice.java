package teleapi.lab.phone;

import teleapi.media.Sound;

/**
 * What a phone says, frame by frame.
 *
 * <pre>
 * Shape   frame = 20 ms, signed 16-bit, mono: 160 samples at 8 kHz
 * Thread  the loop of the one phone that has it
 * </pre>
 */
@FunctionalInterface
public interface Voice {
    /** Sends no RTP at all. */
    Voice NOBODY = frame -> {};

    /** Sends silence. */
    Voice SILENCE = frame -> java.util.Arrays.fill(frame, (short) 0);

    void fill(short[] frame);

    /** A pure tone. A second of it has whole waves, so it can go round and round. */
    static Voice tone(int hertz) {
        return hertz == 0
                ? SILENCE
                : new Loop(
                        Sound.tone(hertz, java.time.Duration.ofSeconds(1), -15).samples());
    }

    /** A sound again and again. */
    static Voice looping(Sound sound) {
        return sound.length() == 0 ? SILENCE : new Loop(sound.samples());
    }

    /** Samples that go round. Owner: the phone's loop. */
    final class Loop implements Voice {
        private final short[] samples;
        private int at;

        private Loop(short[] samples) {
            this.samples = samples;
        }

        @Override
        public void fill(short[] frame) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = samples[at];
                at = (at + 1) % samples.length;
            }
        }
    }
}
