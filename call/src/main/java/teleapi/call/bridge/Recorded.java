package teleapi.call.bridge;

import teleapi.call.records.RecordingRecord;

/** What became of a request to record a conference, or to change its recording. */
public sealed interface Recorded {
    /**
     * It is in force; stopped, its file is whole.
     *
     * @param fresh whether the recording was begun by it
     */
    record Done(RecordingRecord recording, boolean fresh) implements Recorded {}

    /** Nobody hears anybody yet. */
    record NotStarted() implements Recorded {}

    /** The recording that is meant does not go on, or none does. */
    record NoneGoesOn() implements Recorded {}

    /** The conference is over. */
    record Over() implements Recorded {}
}
