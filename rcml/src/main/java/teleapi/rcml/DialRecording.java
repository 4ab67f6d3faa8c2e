package teleapi.rcml;

/**
 * How a Dial is recorded: what the caller says and hears.
 *
 * @param fromRinging from the beginning of the Dial; else from when the caller is joined to somebody
 * @param track of a recording with one channel: both, inbound (what the caller says) or outbound (what it hears)
 * @param dual two channels: first what the caller says, second what it hears; else one with both
 */
public record DialRecording(boolean fromRinging, boolean dual, String track, RecordingCallback callback) {}
