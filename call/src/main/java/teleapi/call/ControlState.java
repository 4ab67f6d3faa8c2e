package teleapi.call;

import java.util.Optional;
import teleapi.call.records.RecordingRecord;

/**
 * The live controls that are in force on a leg.
 *
 * @param muted whether the others cannot hear it, for whatever reason but hold
 * @param deaf whether it cannot hear the others
 * @param held whether it is on hold
 * @param recording the recording that a control means when it names none
 */
public record ControlState(boolean muted, boolean deaf, boolean held, Optional<RecordingRecord> recording) {
    public static final ControlState NONE = new ControlState(false, false, false, Optional.empty());
}
