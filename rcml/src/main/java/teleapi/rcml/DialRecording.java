package teleapi.rcml;

/**
 * How a Dial is recorded: what the caller says and hears.
 *
 * @param fromRinging from the beginning of the Dial; else from when the caller is joined to somebody
 * @param dual two channels: first what the caller says, second what it hears; else one with both
 */
public record DialRecording(boolean fromRinging, boolean dual, RecordingCallback callback) {}
