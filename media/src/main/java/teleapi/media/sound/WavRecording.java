package teleapi.media.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.media.SoundBlock;
import teleapi.media.SoundSink;
import teleapi.media.Tracks;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * A recording on its way into a WAV file.
 *
 * <p>The header is put right after every block, so the file is whole at every pause, and after a crash or on a full disk as far as it goes.
 *
 * <pre>
 * Shape   PCM, 8 kHz, 16 bit, 1 or 2 channels
 * Thread  take, end: any, without waiting; the file is written by a script of its own
 * Errors  what the disk does not take ends the recording as failed; what was written stays
 * Source  Microsoft/IBM RIFF 1.0
 * </pre>
 */
public final class WavRecording implements SoundSink {
    // What is below `work` is owned by the writing script.

    private static final Logger LOG = LoggerFactory.getLogger(WavRecording.class);

    /** More than one recording has blocks. */
    private static final int CAPACITY = 16;

    private static final int HEADER = 44;
    private static final int RATE = 8_000;
    private static final long NANOS_PER_SAMPLE = 125_000;
    private static final int SAMPLE = 2;
    /** RIFF sizes are 32 bits: 37 hours of two channels. */
    private static final long LARGEST = 0xffff_ff00L;

    private static final int LARGEST_BLOCK = 1 << 16;

    /**
     * What was kept.
     *
     * @param whole false: some of it is missing
     */
    public record Kept(Duration length, boolean whole) {}

    /** Where the bytes go. */
    interface Destination {
        SeekableByteChannel open() throws IOException;
    }

    private sealed interface Work {
        record Write(SoundBlock block) implements Work {}

        record End(boolean whole, Duration length, Consumer<Boolean> complete) implements Work {}
    }

    private final Published<Boolean> broken = new Published<>(false);
    private final Mailbox<Work> work;

    private final Tracks tracks;
    private final String name;
    private final Consumer<Kept> kept;
    private final ByteBuffer header = little(HEADER);
    private final ByteBuffer bytes = little(LARGEST_BLOCK);
    private long written;
    private Optional<Work.End> end = Optional.empty();

    private WavRecording(World world, String name, Tracks tracks, Consumer<Kept> kept) {
        this.work = world.mailbox(name, CAPACITY);
        this.name = name;
        this.tracks = tracks;
        this.kept = kept;
    }

    /**
     * Begins a new file, and waits for its sound: to be given to {@link teleapi.media.MediaSession#record} with the same tracks, which ends it on
     * every path.
     *
     * @param kept is told, on the writing script's thread, when the file is done with, also after the call is gone
     */
    public static WavRecording start(World world, Path file, Tracks tracks, Consumer<Kept> kept) {
        return start(
                world,
                "recording " + file.getFileName(),
                tracks,
                () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                kept);
    }

    static WavRecording start(World world, String name, Tracks tracks, Destination destination, Consumer<Kept> kept) {
        WavRecording made = new WavRecording(world, name, tracks, kept);
        world.start(name, () -> made.run(destination));
        return made;
    }

    // ---- any thread

    @Override
    public boolean take(SoundBlock block) {
        return !broken.get() && work.offer(new Work.Write(block));
    }

    @Override
    public void end(boolean whole, Duration length, Consumer<Boolean> complete) {
        work.post(new Work.End(whole, length, complete));
    }

    // ---- the writing script's thread

    private void run(Destination destination) {
        boolean well = keep(destination);
        Work.End last = end.orElseGet(this::discard);
        work.close();
        boolean whole = well && last.whole();
        try {
            kept.accept(new Kept(length(), whole));
        } finally {
            last.complete().accept(whole);
        }
    }

    /** Whether all that came is in the file, which is closed; a disk may say only then that it is full. */
    private boolean keep(Destination destination) {
        try (SeekableByteChannel file = destination.open()) {
            write(file);
        } catch (IOException | RuntimeException failure) {
            LOG.warn("{} failed after {} bytes: {}", name, written, failure.toString());
            broken.set(true);
            return false;
        }
        return true;
    }

    private Duration length() {
        return Duration.ofNanos(written / width() * NANOS_PER_SAMPLE);
    }

    /** Octets of a sample of all channels. */
    private int width() {
        return SAMPLE * tracks.channels();
    }

    private void write(SeekableByteChannel file) throws IOException {
        putHeader(file);
        while (end.isEmpty()) {
            switch (work.take(Deadline.NEVER).orElseThrow()) {
                case Work.Write(SoundBlock block) -> write(file, block);
                case Work.End last -> end = Optional.of(last);
            }
        }
        shorten(file, end.get().length().toNanos() / NANOS_PER_SAMPLE * width());
    }

    private void shorten(SeekableByteChannel file, long length) throws IOException {
        if (length < written) {
            written = length;
            putHeader(file);
            file.truncate(HEADER + length);
        }
    }

    private void write(SeekableByteChannel file, SoundBlock block) throws IOException {
        bytes.clear();
        for (int i = 0; i < block.length(); i++) {
            bytes.putShort(block.samples()[i]);
        }
        bytes.flip();
        block.release();
        if (written + bytes.remaining() > LARGEST) {
            throw new IOException("a WAV file has at most 4 GiB");
        }
        try {
            file.position(HEADER + written);
            while (bytes.hasRemaining()) {
                written += file.write(bytes);
            }
        } finally {
            putHeader(file);
        }
    }

    private void putHeader(SeekableByteChannel file) throws IOException {
        int width = width();
        long whole = written / width * width;
        header.clear();
        tag("RIFF").putInt((int) (whole + HEADER - 8));
        tag("WAVE");
        tag("fmt ").putInt(16).putShort((short) 1).putShort((short) tracks.channels());
        header.putInt(RATE).putInt(RATE * width).putShort((short) width).putShort((short) (8 * SAMPLE));
        tag("data").putInt((int) whole);
        header.flip();
        file.position(0);
        while (header.hasRemaining()) {
            file.write(header);
        }
    }

    private ByteBuffer tag(String four) {
        return header.put(four.getBytes(StandardCharsets.US_ASCII));
    }

    /** Nothing can be written any more: blocks go back until the recording notices. */
    private Work.End discard() {
        while (true) {
            switch (work.take(Deadline.NEVER).orElseThrow()) {
                case Work.Write(SoundBlock block) -> block.release();
                case Work.End last -> {
                    return last;
                }
            }
        }
    }

    private static ByteBuffer little(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
