package teleapi.call;

import java.util.List;
import java.util.Optional;
import teleapi.call.records.RecordingRecord;
import teleapi.call.stream.StreamTerms;

/**
 * The live controls that are in force on a leg.
 *
 * @param muted whether the others cannot hear it, for whatever reason but hold
 * @param deaf whether it cannot hear the others
 * @param held whether it is on hold
 * @param recording the recording that a control means when it names none
 * @param streams those that go on, in the order of their beginning
 * @param sounds the modifications whose sounds are played over it
 */
public record ControlState(
        boolean muted,
        boolean deaf,
        boolean held,
        Optional<RecordingRecord> recording,
        List<StreamTerms> streams,
        List<Sid> sounds) {
    public static final ControlState NONE =
            new ControlState(false, false, false, Optional.empty(), List.of(), List.of());

    public ControlState {
        streams = List.copyOf(streams);
        sounds = List.copyOf(sounds);
    }

    /** The same, heard by the others or not. */
    public ControlState mutedOrNot(boolean silent) {
        return new ControlState(silent, deaf, held, recording, streams, sounds);
    }
}
