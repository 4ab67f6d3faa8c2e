package teleapi.call;

import java.util.List;
import teleapi.rcml.Dial;
import teleapi.runtime.Deadline;

/**
 * What a Dial rings, handed over to another call.
 *
 * @param from the call that rang it
 * @param pickedUp those of {@code ringing} that have answered and are being screened
 * @param heard whether one of them is known to ring
 * @param until how long they ring
 */
public record Branches(Call from, Dial dial, List<Call> ringing, List<Call> pickedUp, boolean heard, Deadline until) {
    public Branches {
        ringing = List.copyOf(ringing);
        pickedUp = List.copyOf(pickedUp);
    }
}
