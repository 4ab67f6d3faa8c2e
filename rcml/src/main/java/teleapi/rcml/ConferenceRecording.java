package teleapi.rcml;

/**
 * What a Conference noun says of the room's recording.
 *
 * @param wanted whether the room is recorded, from its start to its end
 * @param trimmed whether the silence before and after what is heard is left out
 */
public record ConferenceRecording(boolean wanted, boolean trimmed, RecordingCallback callback) {
    static ConferenceRecording of(String record, String trim, RecordingCallback callback) {
        return new ConferenceRecording(
                !record.equals("do-not-record") && !record.equals("false"), trim.equals("trim-silence"), callback);
    }
}
