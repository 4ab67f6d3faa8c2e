package teleapi.call.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.media.speech.SpeechEngine;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Deadline;
import teleapi.runtime.Time;

/**
 * Sounds by URL and by text, kept decoded: one copy for all calls.
 *
 * <pre>
 * Shape   http(s) URLs, store:name for a file in the sound folder, or house:music; at most 32 MiB each, 256 MiB decoded in all
 * Thread  may wait: only in work started with World.start. The cache is behind one lock that is never held while waiting
 * Errors  {@link LoadedSound.Unplayable}
 * Source  reference/reliability.md A2, A4
 * </pre>
 */
public final class Sounds {
    static final int LARGEST_FILE = 32 << 20;
    private static final long LARGEST_CACHE_SAMPLES = 128L << 20;
    private static final String STORE = "store:";
    /** Our own music, for those who wait. */
    public static final String MUSIC = "house:music";

    /** A prompt that was changed on its server is heard after this; until then one copy serves all calls. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    private record Kept(Sound sound, Deadline until) {}

    private final Time time;
    private final Http http;
    private final SpeechEngine speech;
    private final Optional<Path> folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Kept> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long cachedSamples;

    /** {@code folder} is where store: sounds lie; empty when there is none. */
    public Sounds(Time time, Http http, SpeechEngine speech, Optional<Path> folder) {
        this.time = time;
        this.http = http;
        this.speech = speech;
        this.folder = folder;
    }

    /** The sound at {@code url}. */
    public LoadedSound load(String url) {
        if (url.equals(MUSIC)) {
            return new LoadedSound.Ready(Sound.music());
        }
        return kept("url " + url).<LoadedSound>map(LoadedSound.Ready::new).orElseGet(() -> {
            try {
                return url.startsWith(STORE) ? fromFolder(url) : fromServer(url);
            } catch (SoundException unusable) {
                return new LoadedSound.Unplayable(
                        12400, "sound at " + url + " cannot be played: " + unusable.getMessage());
            }
        });
    }

    /** Speech. */
    public LoadedSound speak(String text, String language, String voice) {
        String key = "say " + language + " " + voice + " " + text;
        return kept(key).<LoadedSound>map(LoadedSound.Ready::new).orElseGet(() -> {
            try {
                return keep(key, speech.speak(text, language, voice), Deadline.NEVER);
            } catch (SoundException unusable) {
                return new LoadedSound.Unplayable(
                        13520, "text cannot be spoken by " + speech.name() + ": " + unusable.getMessage());
            }
        });
    }

    private LoadedSound fromServer(String url) {
        return switch (http.send(new HttpAsk(HttpMethod.GET, url, Map.of(), Map.of(), LARGEST_FILE))) {
            case HttpReply.Failed failed -> new LoadedSound.Unplayable(failed.code(), failed.reason());
            case HttpReply.Received received
            when received.status() != 200 ->
                new LoadedSound.Unplayable(13233, "sound at " + url + " was answered with " + received.status());
            case HttpReply.Received received -> keep("url " + url, Sound.wav(received.body()), time.after(FRESH));
        };
    }

    private LoadedSound fromFolder(String url) {
        String name = url.substring(STORE.length());
        if (folder.isEmpty()) {
            return new LoadedSound.Unplayable(13233, "there is no sound folder for " + url);
        }
        try {
            // A2: the name is compared after links and dots are resolved, so that it cannot leave the folder.
            Path root = folder.get().toRealPath();
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root) || !Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return new LoadedSound.Unplayable(
                        13233, url + " is no sound file of the folder, or larger than 32 MiB");
            }
            return new LoadedSound.Ready(Sound.wav(Files.readAllBytes(file)));
        } catch (IOException | java.nio.file.InvalidPathException absent) {
            return new LoadedSound.Unplayable(13233, "there is no " + url + " in the sound folder");
        }
    }

    private Optional<Sound> kept(String key) {
        lock.lock();
        try {
            return Optional.ofNullable(cache.get(key))
                    .filter(kept -> !kept.until().passed(time))
                    .map(Kept::sound);
        } finally {
            lock.unlock();
        }
    }

    private LoadedSound keep(String key, Sound sound, Deadline until) {
        lock.lock();
        try {
            Kept before = cache.put(key, new Kept(sound, until));
            cachedSamples +=
                    sound.length() - (before == null ? 0 : before.sound().length());
            var eldest = cache.entrySet().iterator();
            while (cachedSamples > LARGEST_CACHE_SAMPLES && eldest.hasNext()) {
                cachedSamples -= eldest.next().getValue().sound().length();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
        return new LoadedSound.Ready(sound);
    }
}
