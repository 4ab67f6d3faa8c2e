package teleapi.media;

import java.time.Duration;

/** What happens in a media session. */
public sealed interface MediaEvent {
    /** A key was pressed (told once per press, at its start): RFC 4733, or in-band while that is listened for. */
    record DigitPressed(char digit) implements MediaEvent {}

    /** A playback or mixed sound came to its end, or could not go on; not told for one that was stopped or replaced. */
    record PlaybackFinished(long playback) implements MediaEvent {}

    /** All digits of the {@link MediaSession#sendDigits} with this number are out; told for each, in order. */
    record DigitsSent(long request) implements MediaEvent {}

    /** The mute or deaf with this number is in force: no packet sent from now on is otherwise. */
    record Applied(long request) implements MediaEvent {}

    /** The first packet to the peer since the {@link MediaSession#watch} with this number is out. */
    record FirstPacket(long request) implements MediaEvent {}

    /**
     * Nothing more is recorded, and the sink has kept what it can. Told also for a recording that ended with its session: then perhaps
     * after {@link Closed}.
     *
     * @param length of what is kept
     * @param failed whether some of it is missing: the sink was behind, or its disk full
     */
    record RecordingStopped(long recording, Duration length, boolean failed) implements MediaEvent {}

    /** In its room, the party began to speak; told while {@link MediaSession#listenForSpeech}. */
    record SpeechStarted() implements MediaEvent {}

    /** It has been silent for a while, is muted or has left the room. */
    record SpeechStopped() implements MediaEvent {}

    /** Nothing has come of the peer for {@link MediaSession#LOST_AFTER}, though it should: told while {@link MediaSession#expectSound}. */
    record StreamLost() implements MediaEvent {}

    /** Something comes again, or nothing has to come any more. */
    record StreamResumed() implements MediaEvent {}

    /** Nothing has come for as long as the settings allow; told once. */
    record StreamGone() implements MediaEvent {}

    /** The session closes, and this is how it went; told before {@link Closed}. */
    record Measured(Quality quality) implements MediaEvent {}
    /** The party began to say what {@link MediaSession#listenForUtterance} with this number waits for. */
    record UtteranceBegan(long utterance) implements MediaEvent {}

    /** It is over, or was ended; its sink knows. */
    record UtteranceEnded(long utterance) implements MediaEvent {}

    /** The session is closed and its port is free again. Nothing follows but recordings that have to be written to their end. */
    record Closed() implements MediaEvent {}
}
