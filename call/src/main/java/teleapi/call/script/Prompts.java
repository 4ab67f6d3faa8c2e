package teleapi.call.script;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.CallEvent;
import teleapi.call.NewDocument;
import teleapi.call.webhook.Announcements;
import teleapi.call.webhook.LoadedSound;
import teleapi.call.webhook.Urls;
import teleapi.media.MediaEvent;
import teleapi.media.Sound;
import teleapi.rcml.Pause;
import teleapi.rcml.Play;
import teleapi.rcml.Prompt;
import teleapi.rcml.Say;
import teleapi.runtime.Deadline;

/** Lets the party hear something, to its end or until an event cuts in. Thread: the call's. */
final class Prompts {
    private static final Logger LOG = LoggerFactory.getLogger(Prompts.class);

    /** Issue 4 "What bad input gets": an engine that is slow is gone on without. */
    private static final Duration LONGEST_SPEAKING = Duration.ofSeconds(15);
    /** Until then nobody misses the silence that is sent while a sound or a document is waited for. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final Sound SILENCE = Sound.silence(Duration.ofSeconds(1));

    private final Script script;
    private final Optional<Consumer<CallEvent>> aside;

    Prompts(Script script) {
        this.script = script;
        this.aside = Optional.empty();
    }

    /** Keys cut nothing short, they go to {@code aside}. */
    Prompts(Script script, Consumer<CallEvent> aside) {
        this.script = script;
        this.aside = Optional.of(aside);
    }

    /** Plays one prompt; the event in {@code also} that came first, or empty when it was heard to its end. */
    Optional<CallEvent> play(Prompt prompt, String baseUrl, Predicate<CallEvent> also) throws Interruption {
        return switch (prompt) {
            case Pause pause -> silence(script.time.after(pause.length()), also);
            case Say say -> say.text().isBlank() ? Optional.empty() : spoken(say, baseUrl, also);
            case Play play when !play.digits().isEmpty() -> keys(play.digits(), also);
            case Play play -> {
                Optional<String> url = Urls.resolve(baseUrl, play.url().trim());
                if (url.isEmpty()) {
                    script.documents.cannotExecute(
                            11100, "Play at " + play.position() + ": not a URL: " + play.url(), baseUrl);
                    yield Optional.empty();
                }
                // What is slow to come says so itself, after 15 s.
                yield loaded(
                        () -> script.equipment.sounds().load(url.get()), Deadline.NEVER, play.loop(), url.get(), also);
            }
        };
    }

    /** Plays a sound that is at hand. */
    Optional<CallEvent> play(Sound sound, int loops, Predicate<CallEvent> also) throws Interruption {
        long playback = script.nextId();
        script.call.journal().media("sound begins", "", Map.of());
        script.media().play(script.layer(), playback, sound, loops);
        try {
            return await(
                            Deadline.NEVER,
                            event -> also.test(event)
                                    || (event instanceof CallEvent.MediaHappened(MediaEvent.PlaybackFinished(long done))
                                            && done == playback))
                    .filter(also);
        } finally {
            script.call.journal().media("sound ends", "", Map.of());
            script.media().stopPlayback(playback);
        }
    }

    private Optional<CallEvent> spoken(Say say, String baseUrl, Predicate<CallEvent> also) throws Interruption {
        return loaded(
                () -> script.equipment.sounds().speak(say.text(), say.language(), say.voice()),
                script.time.after(LONGEST_SPEAKING),
                say.loop(),
                baseUrl,
                also);
    }

    /** {@code at}: the URL that is to blame when it cannot be had. */
    private Optional<CallEvent> loaded(
            Supplier<LoadedSound> slow, Deadline until, int loops, String at, Predicate<CallEvent> also)
            throws Interruption {
        long load = script.nextId();
        load(load, slow);
        Predicate<CallEvent> ends =
                came -> also.test(came) || (came instanceof CallEvent.SoundLoaded done && done.load() == load);
        Optional<CallEvent> event = soon(until, ends);
        if (event.isEmpty()) {
            script.documents.cannotExecute(
                    13520, "text is not spoken after " + LONGEST_SPEAKING.toSeconds() + " s", at);
            return Optional.empty();
        }
        return switch (event.get()) {
            case CallEvent.SoundLoaded(long same, LoadedSound.Ready ready) -> play(ready.sound(), loops, also);
            case CallEvent.SoundLoaded(long same, LoadedSound.Unplayable unplayable) -> {
                script.documents.cannotExecute(unplayable.code(), unplayable.reason(), at);
                yield Optional.empty();
            }
            default -> event;
        };
    }

    /** What is heard at a URL: a sound, or a document that only says what is heard; waits, so only for {@link #load}. */
    LoadedSound heardAt(NewDocument.Fetch from) {
        return new Announcements(script.equipment.webhooks(), script.equipment.sounds())
                .load(
                        script.call.account().authToken(),
                        from,
                        CallParameters.voice(
                                script.call.snapshot(),
                                script.call.snapshot().status().text(),
                                script.call.origin().parameters()),
                        (url, findings) -> script.call.post(new CallEvent.FindingsMade(url, findings)));
    }

    /** Loads a sound beside the call; it comes back as SoundLoaded with this number. */
    void load(long load, Supplier<LoadedSound> slow) {
        script.equipment
                .world()
                .start("sound", () -> script.call.post(new CallEvent.SoundLoaded(load, whateverComesOf(slow))));
    }

    /** The verb waits for this without a limit of its own: a fault is an answer too. */
    private static LoadedSound whateverComesOf(Supplier<LoadedSound> slow) {
        try {
            return slow.get();
        } catch (RuntimeException bug) {
            LOG.error("a sound cannot be had by a fault of ours", bug);
            return new LoadedSound.Unplayable(12400, "the sound cannot be had: " + bug);
        }
    }

    /** Waits for what should come at once, and if it does not, as {@link #silence}. */
    Optional<CallEvent> soon(Deadline until, Predicate<CallEvent> also) throws Interruption {
        Optional<CallEvent> event = await(script.time.after(SOON), also);
        return event.isPresent() ? event : silence(until, also);
    }

    /** Waits; an answered party gets silence meanwhile, since phones and NATs give up a stream that stops. */
    Optional<CallEvent> silence(Deadline until, Predicate<CallEvent> also) throws Interruption {
        if (!script.leg().answered()) {
            return await(until, also);
        }
        long playback = script.nextId();
        script.media().play(script.layer(), playback, SILENCE, 0);
        try {
            return await(until, also);
        } finally {
            script.media().stopPlayback(playback);
        }
    }

    /** Sends digits to where the call leads, whatever is heard meanwhile, and waits until they are out; none is fine. */
    void digits(String digits) throws Interruption {
        if (!digits.isEmpty()) {
            script.call.journal().media("digits begin", "", Map.of());
            long request = script.nextId();
            script.media().sendDigits(request, digits);
            sent(request, event -> false);
        }
    }

    /** A document sends them: what cuts it off, or runs over it, does so to them. */
    private Optional<CallEvent> keys(String digits, Predicate<CallEvent> also) throws Interruption {
        script.call.journal().media("digits begin", "", Map.of());
        long request = script.nextId();
        script.media().playDigits(script.layer(), request, digits);
        try {
            return sent(request, also);
        } finally {
            script.media().stopPlayback(request);
        }
    }

    private Optional<CallEvent> sent(long request, Predicate<CallEvent> also) throws Interruption {
        return await(
                        Deadline.NEVER,
                        event -> also.test(event)
                                || (event instanceof CallEvent.MediaHappened(MediaEvent.DigitsSent(long sent))
                                        && sent == request))
                .filter(also);
    }

    private Optional<CallEvent> await(Deadline until, Predicate<CallEvent> wanted) throws Interruption {
        Deadline ofVerb = script.ofVerb(until);
        while (true) {
            Optional<CallEvent> event = script.await(script.passes(ofVerb), came -> wanted.test(came) || isAside(came));
            if (event.isEmpty() || wanted.test(event.get())) {
                return event;
            }
            aside.ifPresent(keys -> keys.accept(event.get()));
        }
    }

    private boolean isAside(CallEvent event) {
        return aside.isPresent() && event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed pressed);
    }
}
