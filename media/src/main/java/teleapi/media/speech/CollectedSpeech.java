package teleapi.media.speech;

import com.sun.speech.freetts.audio.AudioPlayer;
import java.io.ByteArrayOutputStream;
import javax.sound.sampled.AudioFormat;
import teleapi.media.SoundException;

/** Where FreeTTS thinks its loudspeaker is. One text's; its thread is the text's. */
final class CollectedSpeech implements AudioPlayer {
    // Owned by the thread that speaks one text.

    private static final int LARGEST = 32 << 20;

    private AudioFormat format = new AudioFormat(16_000, 16, 1, true, true);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 << 10);

    int rate() {
        return (int) format.getSampleRate();
    }

    short[] samples() {
        byte[] all = bytes.toByteArray();
        int first = format.isBigEndian() ? 0 : 1;
        short[] samples = new short[all.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (all[2 * i + first] << 8 | (all[2 * i + 1 - first] & 0xff));
        }
        return samples;
    }

    @Override
    public void setAudioFormat(AudioFormat next) {
        if (next.getSampleSizeInBits() != 16 || next.getChannels() != 1) {
            throw new SoundException("freetts speaks in " + next);
        }
        format = next;
    }

    @Override
    public AudioFormat getAudioFormat() {
        return format;
    }

    @Override
    public boolean write(byte[] audio) {
        return write(audio, 0, audio.length);
    }

    @Override
    public boolean write(byte[] audio, int from, int count) {
        if (bytes.size() + count > LARGEST) {
            return false;
        }
        bytes.write(audio, from, count);
        return true;
    }

    @Override
    public boolean drain() {
        return true;
    }

    @Override
    public boolean end() {
        return true;
    }

    @Override
    public float getVolume() {
        return 1;
    }

    @Override
    public long getTime() {
        return 0;
    }

    @Override
    public void begin(int size) {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void reset() {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}

    @Override
    public void setVolume(float volume) {}

    @Override
    public void resetTime() {}

    @Override
    public void startFirstSampleTimer() {}

    @Override
    public void showMetrics() {}
}
