package teleapi.call.bridge;

import teleapi.call.records.ParticipantRecord;

/** Whether a conference keeps a place. */
public sealed interface Expected {
    record Kept(ParticipantRecord participant) implements Expected {}

    /** It has as many as it may. */
    record Full() implements Expected {}

    record Over() implements Expected {}
}
