package teleapi.media.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.SoundBlock;
import teleapi.media.Tracks;
import teleapi.runtime.simulated.SimulatedWorld;

/** Recordings on the disk. */
final class WavRecordingTest {
    @TempDir
    Path folder;

    private final List<SoundBlock> returned = new ArrayList<>();
    private final List<WavRecording.Kept> kept = new ArrayList<>();
    private final List<Boolean> complete = new ArrayList<>();

    private SoundBlock block(int from, int count) {
        SoundBlock block = new SoundBlock(count, returned::add);
        for (int i = 0; i < count; i++) {
            block.add((short) (from + i));
        }
        return block;
    }

    private static short[] samples(int from, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) (from + i);
        }
        return samples;
    }

    @Test
    void theFileIsWholeAfterEveryBlockAndAtTheEnd() throws IOException {
        // WavRecording: the header is put right after every block.
        Path file = folder.resolve("one.wav");
        try (SimulatedWorld world = new SimulatedWorld(1)) {
            WavRecording recording = WavRecording.start(world, file, Tracks.MONO, kept::add);
            world.runFor(Duration.ofMillis(1));
            assertEquals(44, Files.size(file));
            assertTrue(recording.take(block(100, 8000)));
            world.runFor(Duration.ofMillis(1));
            assertArrayEquals(
                    samples(100, 8000), WavFile.read(Files.readAllBytes(file)).values());
            assertTrue(recording.take(block(8100, 160)));
            recording.end(true, Duration.ofHours(1), complete::add);
            world.runFor(Duration.ofMillis(1));
            assertEquals(8000, WavFile.read(Files.readAllBytes(file)).rate());
            assertArrayEquals(
                    samples(100, 8160), WavFile.read(Files.readAllBytes(file)).values());
            assertEquals(44 + 2 * 8160, Files.size(file));
            assertEquals(2, returned.size());
            assertEquals(List.of(new WavRecording.Kept(Duration.ofMillis(1020), true)), kept);
            assertEquals(List.of(true), complete);
            assertTrue(world.live().nothing(), () -> "left over: " + world.live());
        }
    }

    @Test
    void whatIsNotToBeKeptIsCutOffAtTheEnd() throws IOException {
        // SoundSink.end: so much of it is to be kept, from its beginning.
        Path file = folder.resolve("cut.wav");
        try (SimulatedWorld world = new SimulatedWorld(1)) {
            WavRecording recording = WavRecording.start(world, file, Tracks.SAID, kept::add);
            recording.take(block(100, 8000));
            recording.end(true, Duration.ofMillis(500), complete::add);
            world.runFor(Duration.ofMillis(1));
            assertArrayEquals(
                    samples(100, 4000), WavFile.read(Files.readAllBytes(file)).values());
            assertEquals(44 + 2 * 4000, Files.size(file));
            assertEquals(List.of(new WavRecording.Kept(Duration.ofMillis(500), true)), kept);
        }
    }

    @Test
    void twoChannelsTakeTurns() throws IOException {
        // Tracks.DUAL; RIFF: block align 4.
        Path file = folder.resolve("two.wav");
        try (SimulatedWorld world = new SimulatedWorld(1)) {
            WavRecording recording = WavRecording.start(world, file, Tracks.DUAL, kept::add);
            recording.take(block(0, 320));
            recording.end(true, Duration.ofHours(1), complete::add);
            world.runFor(Duration.ofMillis(1));
            byte[] bytes = Files.readAllBytes(file);
            assertEquals(2, bytes[22]);
            assertEquals(4, bytes[32]);
            assertEquals(160, WavFile.read(bytes).values().length);
            assertEquals(Duration.ofMillis(20), kept.getFirst().length());
        }
    }

    /** A disk that has room for so much. */
    private record SmallDisk(FileChannel file, int room, boolean closes) implements SeekableByteChannel {
        @Override
        public int write(ByteBuffer from) throws IOException {
            int fits = (int) Math.min(from.remaining(), room - position());
            if (fits <= 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer part = from.slice(from.position(), fits);
            from.position(from.position() + fits);
            return file.write(part);
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return file.read(to);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long to) throws IOException {
            file.position(to);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
            if (!closes) {
                throw new IOException("Disk quota exceeded");
            }
        }
    }

    @Test
    void aDiskThatRefusesAtTheCloseEndsItAsNotWhole() throws IOException {
        // SoundSink.end is answered once, on every path: close(2), EDQUOT.
        Path path = folder.resolve("quota.wav");
        try (SimulatedWorld world = new SimulatedWorld(1)) {
            WavRecording recording = WavRecording.start(
                    world,
                    "quota",
                    Tracks.MONO,
                    () -> new SmallDisk(
                            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            1 << 20,
                            false),
                    kept::add);
            assertTrue(recording.take(block(0, 160)));
            recording.end(true, Duration.ofHours(1), complete::add);
            world.runFor(Duration.ofMillis(1));
            assertEquals(List.of(new WavRecording.Kept(Duration.ofMillis(20), false)), kept);
            assertEquals(List.of(false), complete);
            assertTrue(world.live().nothing(), () -> "left over: " + world.live());
        }
    }

    @Test
    void oneThatWasGivenUpIsNotWholeThoughAllOfItIsWritten() {
        // ADR-0011: a sink that is behind ends the recording as failed; the file has what came.
        try (SimulatedWorld world = new SimulatedWorld(1)) {
            WavRecording recording = WavRecording.start(world, folder.resolve("behind.wav"), Tracks.MONO, kept::add);
            assertTrue(recording.take(block(0, 160)));
            recording.end(false, Duration.ofHours(1), complete::add);
            world.runFor(Duration.ofMillis(1));
            assertEquals(List.of(new WavRecording.Kept(Duration.ofMillis(20), false)), kept);
            assertEquals(List.of(false), complete);
        }
    }

    @Test
    void onAFullDiskWhatExistsIsKept() throws IOException {
        // Reference reliability: a full disk is an error of the recording, not of the call.
        Path path = folder.resolve("full.wav");
        try (SimulatedWorld world = new SimulatedWorld(1)) {
            WavRecording recording = WavRecording.start(
                    world,
                    "full",
                    Tracks.MONO,
                    () -> new SmallDisk(
                            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            44 + 18_001,
                            true),
                    kept::add);
            assertTrue(recording.take(block(0, 8000)));
            assertTrue(recording.take(block(8000, 8000)));
            world.runFor(Duration.ofMillis(1));
            assertFalse(recording.take(block(16_000, 8000)));
            recording.end(true, Duration.ofHours(1), complete::add);
            world.runFor(Duration.ofMillis(1));
            assertArrayEquals(
                    samples(0, 9000), WavFile.read(Files.readAllBytes(path)).values());
            assertEquals(List.of(new WavRecording.Kept(Duration.ofMillis(1125), false)), kept);
            assertEquals(List.of(false), complete);
            assertEquals(2, returned.size());
            assertTrue(world.live().nothing(), () -> "left over: " + world.live());
        }
    }

    @Test
    void aFileThatCannotBeMadeFailsTheRecordingAndAnOldOneIsNotTouched() throws IOException {
        // CREATE_NEW: a recording never writes over another.
        Path file = folder.resolve("there.wav");
        Files.write(file, new byte[] {1, 2, 3});
        for (Path path : Arrays.asList(file, folder.resolve("no/such/folder.wav"))) {
            try (SimulatedWorld world = new SimulatedWorld(1)) {
                WavRecording recording = WavRecording.start(world, path, Tracks.MONO, kept::add);
                world.runFor(Duration.ofMillis(1));
                assertFalse(recording.take(block(0, 160)));
                recording.end(true, Duration.ofHours(1), complete::add);
                world.runFor(Duration.ofMillis(1));
                assertEquals(new WavRecording.Kept(Duration.ZERO, false), kept.getLast());
                assertFalse(complete.getLast());
            }
        }
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
    }
}
