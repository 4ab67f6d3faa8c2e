package teleapi.call.records;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Sid;
import teleapi.media.Tracks;
import teleapi.media.sound.Mp3Copy;
import teleapi.media.sound.WavRecording;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * Where the sound of recordings is: a WAV file each, named by its Sid and by nothing that came from outside.
 *
 * <p>Sound and record go together or not at all: the sound is set aside, the record goes, then the sound. What a crash leaves set aside says at
 * the next start what was meant. Files that nobody has set aside are never deleted for want of a record: the database may be another one.
 *
 * <pre>
 * Thread  begin, live, url: any, without waiting. delete, settle and mp3 wait for the disk
 * Errors  a file that cannot be made ends its recording at once, as one that is not whole
 * Source  ADR-0014; reliability.md A10
 * </pre>
 */
public final class RecordingFolder {
    /** What a file is called that is about to be deleted: its Sid, that of its account, and this. */
    private static final String ASIDE = ".deleted";

    private static final Logger LOG = LoggerFactory.getLogger(RecordingFolder.class);

    private final World world;
    private final Path folder;
    private final Set<Sid> live = ConcurrentHashMap.newKeySet();
    private final ReentrantLock making = new ReentrantLock();
    private final Published<String> api = new Published<>("");

    /** @param folder has to be there */
    public RecordingFolder(World world, Path folder) {
        this.world = world;
        this.folder = folder;
    }

    /**
     * Begins a file, to be given to {@link teleapi.media.MediaSession#record}.
     *
     * @param kept is told on a thread of its own when the file is done with, on every path and also after the call is gone
     */
    public WavRecording begin(Sid recording, Tracks tracks, Consumer<WavRecording.Kept> kept) {
        live.add(recording);
        return WavRecording.start(world, file(recording), tracks, end -> {
            try {
                kept.accept(end);
            } finally {
                live.remove(recording);
            }
        });
    }

    /** How many files are being written. */
    public int live() {
        return live.size();
    }

    public Path file(Sid recording) {
        return folder.resolve(recording + ".wav");
    }

    /**
     * The same as MP3, made when it is first asked for, which takes about a thousandth of its length; empty while another one is being made: the
     * processors are for calls.
     */
    public Optional<Path> mp3(Sid recording) throws IOException {
        Path copy = copy(recording);
        if (Files.exists(copy)) {
            return Optional.of(copy);
        }
        if (!making.tryLock()) {
            return Optional.empty();
        }
        try {
            if (!Files.exists(copy)) {
                Mp3Copy.make(file(recording), copy);
            }
            if (!Files.exists(file(recording))) {
                // Deleted meanwhile: nothing of it may stay.
                Files.deleteIfExists(copy);
                throw new NoSuchFileException(file(recording).toString());
            }
        } finally {
            making.unlock();
        }
        return Optional.of(copy);
    }

    private Path copy(Sid recording) {
        return folder.resolve(recording + ".mp3");
    }

    /** Deletes the sound of one that has no record, or keeps it. */
    public void delete(Sid recording) throws IOException {
        Files.deleteIfExists(file(recording));
        Files.deleteIfExists(copy(recording));
    }

    /**
     * Deletes record and sound.
     *
     * @throws IOException the sound cannot be deleted, and nothing has changed; nor has it when {@code records} throws
     */
    public void delete(RecordingRecord recording, Recordings records) throws IOException {
        Path sound = file(recording.sid());
        Path aside = folder.resolve(recording.sid() + "." + recording.accountSid() + ASIDE);
        boolean heard = Files.exists(sound);
        if (heard) {
            Files.move(sound, aside);
        }
        try {
            records.delete(recording.accountSid(), recording.sid());
        } catch (RuntimeException stays) {
            if (heard) {
                Files.move(aside, sound);
            }
            throw stays;
        }
        try {
            Files.deleteIfExists(copy(recording.sid()));
            Files.deleteIfExists(aside);
        } catch (IOException stays) {
            LOG.warn("the sound of recording {} goes at the next start: {}", recording.sid(), stays.toString());
        }
    }

    /** At the start: what the last run was about to delete goes, or is back where it was if its record has stayed. */
    public void settle(Recordings records) {
        try (DirectoryStream<Path> aside = Files.newDirectoryStream(folder, "*" + ASIDE)) {
            for (Path path : aside) {
                settle(path, records);
            }
        } catch (IOException | DirectoryIteratorException | RecordsUnavailable later) {
            LOG.warn("what is left of deleted recordings stays for now: {}", later.toString());
        }
    }

    private void settle(Path aside, Recordings records) throws IOException {
        List<String> name = List.of(aside.getFileName().toString().split("\\."));
        Optional<Sid> recording = Sid.parse(Sid.RECORDING, name.getFirst());
        Optional<Sid> account = Sid.parse(Sid.ACCOUNT, name.get(1));
        if (recording.isEmpty() || account.isEmpty()) {
            return;
        }
        if (records.find(account.get(), recording.get()).isPresent()) {
            Files.move(aside, file(recording.get()));
        } else {
            Files.deleteIfExists(copy(recording.get()));
            Files.delete(aside);
        }
    }

    /** Where the API listens: what begins every {@link #url}. */
    public void api(String scheme) {
        api.set(scheme);
    }

    /** Where the sound can be had with the account's credentials. */
    public String url(RecordingRecord recording) {
        return url(recording.accountSid()) + "/Recordings/" + recording.sid() + ".wav";
    }

    /** Where its text can be had, likewise. */
    public String url(TranscriptionRecord transcription) {
        return url(transcription.accountSid()) + "/Transcriptions/" + transcription.sid();
    }

    private String url(Sid account) {
        return api.get() + "/teleapi/2012-04-24/Accounts/" + account;
    }
}
