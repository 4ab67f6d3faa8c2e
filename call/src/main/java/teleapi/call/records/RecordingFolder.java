package teleapi.call.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import teleapi.call.Sid;
import teleapi.media.Tracks;
import teleapi.media.sound.Mp3Copy;
import teleapi.media.sound.WavRecording;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * Where the sound of recordings is: a WAV file each, named by its Sid and by nothing that came from outside.
 *
 * <pre>
 * Thread  begin, live, url: any, without waiting. delete and mp3 wait for the disk
 * Errors  a file that cannot be made ends its recording at once, as one that is not whole
 * Source  ADR-0014; reliability.md A10
 * </pre>
 */
public final class RecordingFolder {
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

    public void delete(Sid recording) throws IOException {
        Files.deleteIfExists(file(recording));
        Files.deleteIfExists(copy(recording));
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
