package teleapi.lab.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import teleapi.media.sound.WavFile;

/**
 * The recordings that baresip's sndfile writes into a folder, read while they grow.
 *
 * <pre>
 * Shape   WAV of 16 bits, of the codec's rate and channels; one file for each call, named by the second in which it began. Heard at 8 kHz, by
 *         leaving out: nobody here says a tone above 4 kHz
 * Thread  one that waits for the folder to change
 * </pre>
 */
final class Tape implements AutoCloseable {
    private static final int HEADER = 44;
    private static final String HEARD = "-dec.wav";
    private static final int SECONDS = 120;

    private final Path folder;
    private final Recording recording;
    private final WatchService changes;
    private final Thread reader;

    // Owned by the reader.
    private final Map<Path, Long> read = new HashMap<>();
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private final short[] samples = new short[1 << 15];

    Tape(Voice voice, Path folder) {
        this.folder = folder;
        this.recording = new Recording(voice);
        try {
            this.changes = folder.getFileSystem().newWatchService();
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.reader =
                Thread.ofPlatform().daemon().name(voice.name() + " listens").start(this::follow);
    }

    /** A tone for longer than any test: baresip hangs up when its file is at its end. */
    static void write(Path file, int tone, int rate) throws IOException {
        write(file, tone, rate, SECONDS);
    }

    static void write(Path file, int tone, int rate, int seconds) throws IOException {
        short[] samples = new short[rate * seconds];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (Handset.LOUDNESS * Math.sin(2 * Math.PI * tone * i / rate));
        }
        write(file, samples, rate);
    }

    /** This of 8 kHz, at a multiple of that, and then silence for longer than any test. */
    static void writeOnce(Path file, short[] said, int rate) throws IOException {
        int times = rate / 8_000;
        short[] samples = new short[rate * SECONDS];
        for (int i = 0; i < (said.length - 1) * times; i++) {
            int later = i % times;
            samples[i] = (short) ((said[i / times] * (times - later) + said[i / times + 1] * later) / times);
        }
        write(file, samples, rate);
    }

    private static void write(Path file, short[] samples, int rate) throws IOException {
        int size = 2 * samples.length;
        var wav = ByteBuffer.allocate(HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(HEADER - 8 + size);
        wav.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(rate)
                .putInt(2 * rate)
                .putShort((short) 2)
                .putShort((short) 16);
        wav.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(size);
        for (short sample : samples) {
            wav.putShort(sample);
        }
        Files.write(file, wav.array());
    }

    Recording recording() {
        return recording;
    }

    List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Tape::heard).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The tones in a finished recording. */
    static Set<Integer> tones(Voice voice, Path file) {
        try {
            short[] samples = WavFile.read(Files.readAllBytes(file)).values();
            var recording = new Recording(voice);
            recording.hear(samples, samples.length, 0);
            return recording.tonesBetween(0, 1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean heard(Path file) {
        return file.getFileName().toString().endsWith(HEARD);
    }

    private void follow() {
        try {
            while (true) {
                WatchKey key = changes.take();
                // Read first: what is written while we read tells again.
                key.pollEvents();
                key.reset();
                for (Path file : files()) {
                    read(file);
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException closed) {
            // The test is over.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read(Path file) throws IOException {
        long at = read.getOrDefault(file, (long) HEADER);
        try (var channel = FileChannel.open(file)) {
            if (channel.size() < HEADER) {
                return;
            }
            channel.read(bytes.clear(), 0);
            // RIFF: channels at 22, samples a second at 24; so many samples of theirs are one of ours.
            int step = bytes.getShort(22) * (bytes.getInt(24) / 8_000);
            int count = channel.read(bytes.clear(), at) / 2 / step;
            if (count > 0) {
                bytes.flip();
                for (int i = 0; i < count; i++) {
                    samples[i] = bytes.getShort(2 * i * step);
                }
                read.put(file, at + 2L * count * step);
                recording.hear(samples, count, System.nanoTime());
            }
        }
    }

    @Override
    public void close() {
        try {
            changes.close();
            reader.join();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
