package teleapi.call.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import teleapi.call.NewDocument;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.media.sound.Mp3File;
import teleapi.rcml.Finding;
import teleapi.rcml.Parsed;
import teleapi.rcml.Pause;
import teleapi.rcml.Play;
import teleapi.rcml.Prompt;
import teleapi.rcml.RcmlParser;
import teleapi.rcml.Redirect;
import teleapi.rcml.Say;
import teleapi.rcml.Verb;

/**
 * What is heard at a URL, as one sound: an audio file, or a document of Say, Play and Pause, and those to which it redirects.
 *
 * <pre>
 * Shape   half an hour at most; loops of a document count, one without end counts once
 * Thread  may wait: only in work started with World.start
 * Errors  {@link LoadedSound.Unplayable}; a document that says anything else is refused as a whole
 * Source  reference/peers.md 2.6 "Documents for hold/announce/wait"
 * </pre>
 */
public final class Announcements {
    private static final int MOST_SAMPLES = 30 * 60 * 8_000;
    /** Each may take 15 s. */
    private static final int MOST_DOCUMENTS = 10;

    private final Webhooks webhooks;
    private final Sounds sounds;

    public Announcements(Webhooks webhooks, Sounds sounds) {
        this.webhooks = webhooks;
        this.sounds = sounds;
    }

    /** Requests it with these parameters, signed with the account's token; {@code told} gets the findings of each document, with its URL. */
    public LoadedSound load(
            String authToken,
            NewDocument.Fetch from,
            Map<String, String> parameters,
            BiConsumer<String, List<Finding>> told) {
        return load(from, new Asking(authToken, parameters, told, new HashSet<>(Set.of(from.url()))));
    }

    /** What all its requests have, and what has been heard so far. */
    private record Asking(
            String authToken,
            Map<String, String> parameters,
            BiConsumer<String, List<Finding>> told,
            Set<String> heard) {}

    private LoadedSound load(NewDocument.Fetch from, Asking asking) {
        return switch (webhooks.file(asking.authToken(), from.method(), from.url(), asking.parameters())
                .usable()) {
            case HttpReply.Failed failed -> new LoadedSound.Unplayable(failed.code(), failed.reason());
            case HttpReply.Received received
            when received.contentType().equals("text/plain") ->
                sounds.speak(new String(received.body(), StandardCharsets.UTF_8), "en", "man");
            case HttpReply.Received received
            when received.contentType().startsWith("audio/") || sounds(received.body()) -> sound(received);
            case HttpReply.Received received -> document(received, asking);
        };
    }

    private static boolean sounds(byte[] body) {
        return Mp3File.begins(body) || riff(body);
    }

    private static boolean riff(byte[] body) {
        return body.length > 4 && body[0] == 'R' && body[1] == 'I' && body[2] == 'F' && body[3] == 'F';
    }

    private static LoadedSound sound(HttpReply.Received received) {
        try {
            return new LoadedSound.Ready(Sounds.decoded(received.body(), received.contentType(), received.url()));
        } catch (SoundException unusable) {
            return new LoadedSound.Unplayable(
                    12400,
                    "sound at " + Urls.withoutUser(received.url()) + " cannot be played: " + unusable.getMessage());
        }
    }

    private LoadedSound document(HttpReply.Received received, Asking asking) {
        return switch (RcmlParser.parse(received.body())) {
            case Parsed.Invalid invalid ->
                new LoadedSound.Unplayable(
                        invalid.code(), invalid.message("document at " + Urls.withoutUser(received.url())));
            case Parsed.Valid valid -> {
                List<Finding> findings = valid.document().findings();
                if (!findings.isEmpty()) {
                    asking.told().accept(received.url(), findings);
                }
                yield together(valid.document().verbs(), received.url(), asking);
            }
        };
    }

    private LoadedSound together(List<Verb> verbs, String url, Asking asking) {
        List<Sound> parts = new ArrayList<>();
        long samples = 0;
        for (Verb verb : verbs) {
            switch (part(verb, url, asking)) {
                case LoadedSound.Unplayable unplayable -> {
                    return unplayable;
                }
                case LoadedSound.Ready ready -> {
                    for (int i = Math.max(1, loops(verb)); i > 0; i--) {
                        samples += ready.sound().length();
                        if (samples > MOST_SAMPLES) {
                            return new LoadedSound.Unplayable(
                                    11750, "what is heard at " + Urls.withoutUser(url) + " is too long");
                        }
                        parts.add(ready.sound());
                    }
                }
            }
            if (verb instanceof Redirect) {
                break;
            }
        }
        return new LoadedSound.Ready(parts.size() == 1 ? parts.getFirst() : joined(parts, (int) samples));
    }

    private LoadedSound part(Verb verb, String url, Asking asking) {
        return switch (verb) {
            case Prompt prompt when !digits(verb) -> part(prompt, url);
            case Redirect redirect -> follow(redirect, url, asking);
            default -> new LoadedSound.Unplayable(12200, verb.name() + " at " + verb.position() + " is not for this");
        };
    }

    /** Nothing, where it leads back to what has been heard: who wants it again and again repeats the whole. */
    private LoadedSound follow(Redirect redirect, String url, Asking asking) {
        Optional<String> at = Urls.resolve(url, redirect.url());
        if (at.isEmpty()) {
            return new LoadedSound.Unplayable(
                    11100, "Redirect at " + redirect.position() + ": not a URL: " + redirect.url());
        }
        if (!asking.heard().add(at.get())) {
            return new LoadedSound.Ready(Sound.of(new short[0]));
        }
        return asking.heard().size() > MOST_DOCUMENTS
                ? new LoadedSound.Unplayable(
                        11215, "more than " + MOST_DOCUMENTS + " documents, the last at " + Urls.withoutUser(at.get()))
                : load(new NewDocument.Fetch(at.get(), redirect.method()), asking);
    }

    private LoadedSound part(Prompt prompt, String url) {
        return switch (prompt) {
            case Say say -> sounds.speak(say.text(), say.language(), say.voice());
            case Pause pause ->
                pause.length().toSeconds() * 8_000 > MOST_SAMPLES
                        ? new LoadedSound.Unplayable(
                                11750, "what is heard at " + Urls.withoutUser(url) + " is too long")
                        : new LoadedSound.Ready(Sound.silence(pause.length()));
            case Play play -> {
                Optional<String> at = Urls.resolve(url, play.url().trim());
                yield at.isPresent()
                        ? sounds.load(at.get())
                        : new LoadedSound.Unplayable(
                                11100, "Play at " + play.position() + ": not a URL: " + play.url());
            }
        };
    }

    private static boolean digits(Verb verb) {
        return verb instanceof Play play && !play.digits().isEmpty();
    }

    private static int loops(Verb verb) {
        return switch (verb) {
            case Say say -> say.loop();
            case Play play -> play.loop();
            default -> 1;
        };
    }

    private static Sound joined(List<Sound> parts, int length) {
        short[] all = new short[length];
        int at = 0;
        for (Sound part : parts) {
            System.arraycopy(part.samples(), 0, all, at, part.length());
            at += part.length();
        }
        return Sound.of(all);
    }
}
