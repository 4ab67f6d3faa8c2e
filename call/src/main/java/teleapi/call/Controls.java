package teleapi.call;

import java.time.Duration;
import java.util.Optional;
import teleapi.call.stream.StreamTerms;
import teleapi.media.Tracks;
import teleapi.rcml.RecordingCallback;

/**
 * Live controls of one leg: three-valued, absent means unchanged. Mute, deaf and hold are states that survive redirects; the others are done
 * once.
 *
 * @param muted whether the others hear this party
 * @param deaf whether it does not hear the others
 * @param hold whether it waits with music, apart from the others
 * @param over a sound over whatever is heard
 * @param stop sounds over the call that are to stop
 * @param digits sent to this party
 * @param recording what a recording of this leg is to do
 * @param timeLimit how long the call may last from now on
 * @param participation what it is to its conference
 * @param streaming a stream that is to begin or to end
 */
public record Controls(
        Optional<Boolean> muted,
        Optional<Boolean> deaf,
        Optional<Hold> hold,
        Optional<Over> over,
        Optional<Stop> stop,
        Optional<String> digits,
        Optional<Recording> recording,
        Optional<Duration> timeLimit,
        Optional<Participation> participation,
        Optional<Streaming> streaming) {
    public static final Controls UNCHANGED = new Controls(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Those of any call, in a conference or not. */
    public Controls(
            Optional<Boolean> muted,
            Optional<Boolean> deaf,
            Optional<Hold> hold,
            Optional<Over> over,
            Optional<Stop> stop,
            Optional<String> digits,
            Optional<Recording> recording,
            Optional<Duration> timeLimit) {
        this(muted, deaf, hold, over, stop, digits, recording, timeLimit, Optional.empty(), Optional.empty());
    }

    /** The same, and what it is to its conference. */
    public Controls with(Participation wanted) {
        return new Controls(
                muted, deaf, hold, over, stop, digits, recording, timeLimit, Optional.of(wanted), streaming);
    }

    /** The same, and a stream that is to begin or to end. */
    public Controls with(Streaming wanted) {
        return new Controls(
                muted, deaf, hold, over, stop, digits, recording, timeLimit, participation, Optional.of(wanted));
    }

    public static Controls mute(boolean muted) {
        return new Controls(
                Optional.of(muted),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Controls recording(Recording wanted) {
        return new Controls(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(wanted),
                Optional.empty());
    }

    /** Less the states that {@code later} sets. */
    public Controls without(Controls later) {
        return new Controls(
                later.muted.isPresent() ? Optional.empty() : muted,
                later.deaf.isPresent() ? Optional.empty() : deaf,
                later.hold.isPresent() ? Optional.empty() : hold,
                over,
                stop,
                digits,
                recording,
                later.timeLimit.isPresent() ? Optional.empty() : timeLimit,
                participation,
                streaming);
    }

    /** The states that either sets; what is done once is not in it. */
    public Controls states(Controls other) {
        return new Controls(
                muted.or(() -> other.muted),
                deaf.or(() -> other.deaf),
                hold.or(() -> other.hold),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                timeLimit.or(() -> other.timeLimit));
    }

    public boolean unchanged() {
        return equals(UNCHANGED);
    }

    /**
     * On hold, or not.
     *
     * @param music what is heard meanwhile; empty: our own
     */
    public record Hold(boolean on, Optional<String> music) {}

    /** A sound over the call. */
    public record Over(Source source, int loops, Legs legs) {}

    /** Where a sound comes from. */
    public sealed interface Source {
        record Url(String url) implements Source {}

        record Text(String text, String language, String voice) implements Source {}

        /** A sound, or a document that says what is heard; requested as webhooks are. */
        record Announcement(NewDocument.Fetch from) implements Source {}
    }

    /** Who hears a sound over the call. */
    public enum Legs {
        SELF,
        OTHER,
        BOTH
    }

    /** Which sounds stop: the one that a modification began, or all. */
    public record Stop(Optional<Sid> started) {
        public boolean stops(Sid modification) {
            return started.isEmpty() || started.get().equals(modification);
        }
    }

    /** What a recording is to do. */
    public sealed interface Recording {
        /** Which one that goes on; empty: the one that the API began, else the one that began last. */
        Optional<Sid> which();

        /**
         * One of the call itself, which goes on through its documents; nothing while one that the API began goes on.
         *
         * @param source what asks for it, as its record says
         * @param mayWait whether it may begin later, when the call is answered
         */
        record Start(Tracks tracks, RecordingCallback callback, String source, boolean mayWait) implements Recording {
            @Override
            public Optional<Sid> which() {
                return Optional.empty();
            }
        }

        /** Silence meanwhile, or the time is left out. */
        record Pause(Optional<Sid> which, boolean silence) implements Recording {}

        record Resume(Optional<Sid> which) implements Recording {}

        record Stop(Optional<Sid> which) implements Recording {}
    }

    /** What is to become of a stream. */
    public sealed interface Streaming {
        /** One of the call itself, which goes on through its documents. */
        record Start(StreamTerms terms) implements Streaming {}

        /** {@code which}: its name or its Sid. */
        record Stop(String which) implements Streaming {}
    }
}
