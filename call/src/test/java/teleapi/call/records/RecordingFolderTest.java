package teleapi.call.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.Sid;
import teleapi.runtime.simulated.SimulatedWorld;

/** Sound and record go together. */
final class RecordingFolderTest {
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final RecordingRecord recording = RecordingRecord.begun(
                    Sid.fresh(Sid.RECORDING, world),
                    Sid.fresh(Sid.ACCOUNT, world),
                    Sid.fresh(Sid.CALL, world),
                    Optional.empty(),
                    1,
                    "both",
                    "DialVerb",
                    world.time().now())
            .ended(world.time().now(), java.time.Duration.ofSeconds(3), true);

    @TempDir
    Path disk = Path.of("");

    private Path folder() throws IOException {
        return Files.createDirectories(disk.resolve("recordings"));
    }

    private void sound() throws IOException {
        Files.writeString(folder().resolve(recording.sid() + ".wav"), "sound");
        Files.writeString(folder().resolve(recording.sid() + ".mp3"), "copy");
        Files.writeString(folder().resolve("RE" + "1".repeat(32) + ".wav"), "another's");
    }

    private static Map<String, String> files(Path folder) throws IOException {
        var all = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return all;
    }

    private Map<String, String> left(String... names) throws IOException {
        var expected = new TreeMap<String, String>();
        expected.put("RE" + "1".repeat(32) + ".wav", "another's");
        for (String name : names) {
            expected.put(recording.sid() + name, name.equals(".wav") ? "sound" : "copy");
        }
        return expected;
    }

    /** Records as a table: one of them, and what happens when it is deleted. */
    private final class Records implements Recordings {
        private Optional<RecordingRecord> kept = Optional.of(recording);
        private final Runnable deletion;

        Records(Runnable deletion) {
            this.deletion = deletion;
        }

        @Override
        public void write(RecordingRecord record) {
            kept = Optional.of(record);
        }

        @Override
        public Optional<RecordingRecord> find(Sid account, Sid wanted) {
            return kept.filter(
                    found -> found.sid().equals(wanted) && found.accountSid().equals(account));
        }

        @Override
        public Page<RecordingRecord> list(
                Sid account, Optional<Sid> call, Optional<Sid> conference, int page, int size) {
            return new Page<>(kept.stream().toList(), page, size, 1);
        }

        @Override
        public List<RecordingRecord> endedBefore(Instant then, int most) {
            return kept.stream().toList();
        }

        @Override
        public void delete(Sid account, Sid wanted) {
            deletion.run();
            kept = Optional.empty();
        }
    }

    /** What a crash in this moment leaves on the disk. */
    private void crash(String name) {
        try {
            Path copy = Files.createDirectories(disk.resolve(name));
            for (var file : files(folder()).entrySet()) {
                Files.writeString(copy.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void whenTheRecordStaysTheSoundDoes() throws IOException {
        // docs/errors.md 20503: nothing was done
        sound();
        var folder = new RecordingFolder(world, folder());
        var away = new Records(() -> {
            throw new RecordsUnavailable("away", new IOException());
        });
        assertThrows(RecordsUnavailable.class, () -> folder.delete(recording, away));
        assertEquals(left(".wav", ".mp3"), files(folder()));
    }

    @Test
    void whatACrashLeavesIsAllOfItOrNothing() throws IOException {
        // ADR-0014: sound and record together; the record says which
        sound();
        var records = new Records(() -> crash("crashed"));
        new RecordingFolder(world, folder()).delete(recording, records);
        assertEquals(left(), files(folder()));

        Path crashed = disk.resolve("crashed");
        new RecordingFolder(world, crashed).settle(records);
        assertEquals(left(), files(crashed), "the record had gone: so does the sound");

        sound();
        new RecordingFolder(world, folder()).delete(recording, records);
        new RecordingFolder(world, crashed).settle(new Records(() -> {}));
        assertEquals(left(".wav", ".mp3"), files(crashed), "the record has stayed: so has the sound");
    }

    @Test
    void oneWithoutSoundGoesToo() throws IOException {
        // docs/api/recordings.md: absent, or failed with nothing written
        var records = new Records(() -> {});
        new RecordingFolder(world, folder()).delete(recording, records);
        assertTrue(records.find(recording.accountSid(), recording.sid()).isEmpty());
    }
}
