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
 * Source  reference/reliability.md A2, A4; RFC 9111
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

    /** Far above what a house plays; each is a key of up to 4,000 characters, too. */
    private static final int MOST_KEPT = 10_000;

    /** Kept longer than it is fresh, while the server can be asked whether it still is. */
    private record Kept(Sound sound, Deadline until, Map<String, String> conditions) {}

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
        Optional<Kept> before = kept("url " + url);
        return fresh(before).<LoadedSound>map(LoadedSound.Ready::new).orElseGet(() -> {
            try {
                return url.startsWith(STORE) ? fromFolder(url) : fromServer(url, before);
            } catch (SoundException unusable) {
                return new LoadedSound.Unplayable(
                        12400, "sound at " + Urls.withoutUser(url) + " cannot be played: " + unusable.getMessage());
            }
        });
    }

    /** Speech. */
    public LoadedSound speak(String text, String language, String voice) {
        String key = "say " + language + " " + voice + " " + text;
        return fresh(kept(key)).<LoadedSound>map(LoadedSound.Ready::new).orElseGet(() -> {
            try {
                return keep(key, new Kept(speech.speak(text, language, voice), Deadline.NEVER, Map.of()));
            } catch (SoundException unusable) {
                return new LoadedSound.Unplayable(
                        13520, "text cannot be spoken by " + speech.name() + ": " + unusable.getMessage());
            }
        });
    }

    private LoadedSound fromServer(String url, Optional<Kept> before) {
        Map<String, String> conditions = before.map(Kept::conditions).orElse(Map.of());
        return switch (http.send(new HttpAsk(HttpMethod.GET, url, Map.of(), conditions, LARGEST_FILE))) {
            case HttpReply.Failed failed -> new LoadedSound.Unplayable(failed.code(), failed.reason());
            case HttpReply.Received received
            when received.status() == 304 && !conditions.isEmpty() -> {
                // RFC 9111 §4.3.4: it is as it was, and fresh again.
                Map<String, String> next = received.freshness().conditions();
                yield keep(
                        "url " + url,
                        new Kept(
                                before.orElseThrow().sound(),
                                until(received.freshness()),
                                next.isEmpty() ? conditions : next));
            }
            case HttpReply.Received received
            when received.status() != 200 ->
                new LoadedSound.Unplayable(
                        13233, "sound at " + Urls.withoutUser(url) + " was answered with " + received.status());
            case HttpReply.Received received -> {
                Sound sound = decoded(received.body(), received.contentType(), received.url());
                Freshness freshness = received.freshness();
                yield freshness.store()
                        ? keep("url " + url, new Kept(sound, until(freshness), freshness.conditions()))
                        : new LoadedSound.Ready(sound);
            }
        };
    }

    private Deadline until(Freshness freshness) {
        return time.after(freshness.age().orElse(FRESH));
    }

    /** RFC 2046 §4.3: audio/basic has no header that it could be known by. */
    static Sound decoded(byte[] body, String contentType, String name) {
        boolean basic = contentType.equals("audio/basic") || name.endsWith(".ulaw");
        return basic ? Sound.basic(body) : Sound.file(body);
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
            return new LoadedSound.Ready(decoded(Files.readAllBytes(file), "", name));
        } catch (IOException | java.nio.file.InvalidPathException absent) {
            return new LoadedSound.Unplayable(13233, "there is no " + url + " in the sound folder");
        }
    }

    private Optional<Kept> kept(String key) {
        lock.lock();
        try {
            return Optional.ofNullable(cache.get(key));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Sound> fresh(Optional<Kept> kept) {
        return kept.filter(one -> !one.until().passed(time)).map(Kept::sound);
    }

    private LoadedSound keep(String key, Kept kept) {
        lock.lock();
        try {
            Kept before = cache.put(key, kept);
            cachedSamples +=
                    kept.sound().length() - (before == null ? 0 : before.sound().length());
            var eldest = cache.entrySet().iterator();
            while ((cachedSamples > LARGEST_CACHE_SAMPLES || cache.size() > MOST_KEPT) && eldest.hasNext()) {
                cachedSamples -= eldest.next().getValue().sound().length();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
        return new LoadedSound.Ready(kept.sound());
    }
}
