package teleapi.media;

/** What happens in a media session. */
public sealed interface MediaEvent {
    /** A key was pressed (told once per press, at its start): RFC 4733, or in-band while that is listened for. */
    record DigitPressed(char digit) implements MediaEvent {}

    /** A playback came to its end, or could not go on; not told for one that was stopped or replaced. */
    record PlaybackFinished(long playback) implements MediaEvent {}

    /** All digits asked for with {@link MediaSession#sendDigits} are out. */
    record DigitsSent() implements MediaEvent {}

    /** The mute with this number is in force: no packet sent from now on has the party's sound. */
    record MuteApplied(long request) implements MediaEvent {}

    /** The session is closed and its port is free again. The last event. */
    record Closed() implements MediaEvent {}
}
