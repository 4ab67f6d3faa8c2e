package teleapi.media.sound;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * How long an MP3 of a recording takes to make: {@code Mp3Benchmark [minutes] [rounds]}. Not a test.
 *
 * <pre>
 * Units   CPU time of the thread that makes it, as a share of the recording's length
 * Shape   something like speech: syllables of a few partials and some noise, with pauses
 * Source  docs/api/recordings.md
 * </pre>
 */
public final class Mp3Benchmark {
    private static final System.Logger LOG = System.getLogger("mp3");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int RATE = 8_000;
    private static final int HEADER = 44;

    private Mp3Benchmark() {}

    public static void main(String[] arguments) throws IOException {
        int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        for (int round = 1; round <= rounds; round++) {
            for (int channels = 1; channels <= 2; channels++) {
                show(round, channels, minutes);
            }
        }
    }

    private static void show(int round, int channels, int minutes) throws IOException {
        Path wav = Files.createTempFile("mp3-benchmark", ".wav");
        Path mp3 = Files.createTempFile("mp3-benchmark", ".mp3");
        try {
            Files.write(wav, recording(channels, minutes * 60 * RATE));
            long before = THREADS.getCurrentThreadCpuTime();
            Mp3Copy.make(wav, mp3);
            double seconds = (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
            LOG.log(
                    System.Logger.Level.INFO,
                    String.format(
                            "round %d: %d min, %d channels: %.2f s of CPU, 1/%.0f of its length",
                            round, minutes, channels, seconds, minutes * 60 / seconds));
        } finally {
            Files.deleteIfExists(wav);
            Files.deleteIfExists(mp3);
        }
    }

    private static byte[] recording(int channels, int frames) {
        ByteBuffer wav = ByteBuffer.allocate(HEADER + frames * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(wav.capacity() - 8);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        wav.putShort((short) channels).putInt(RATE).putInt(RATE * channels * 2);
        wav.putShort((short) (channels * 2)).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(frames * channels * 2);
        SplittableRandom chance = new SplittableRandom(3);
        double[] hertz = {120, 200};
        double[] phase = {0, 0};
        for (int i = 0; i < frames; i++) {
            for (int channel = 0; channel < channels; channel++) {
                // A syllable each quarter of a second, every seventh is a pause; each has a pitch of its own.
                int syllable = i / 2_000;
                hertz[channel] = 90 + (syllable * 37 + channel * 61) % 160;
                phase[channel] += 2 * Math.PI * hertz[channel] / RATE;
                double loud = syllable % 7 == 0 ? 0 : 6_000 * Math.sin(Math.PI * (i % 2_000) / 2_000);
                double sum = 0.1 * (chance.nextDouble() - 0.5);
                for (int partial = 1; partial <= 8; partial++) {
                    sum += Math.sin(partial * phase[channel]) / partial;
                }
                wav.putShort((short) (loud * sum));
            }
        }
        return wav.array();
    }
}
