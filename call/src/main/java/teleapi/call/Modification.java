package teleapi.call;

import java.util.Optional;
import java.util.function.Consumer;
import teleapi.rcml.HttpMethod;

/**
 * One request to change a live call: {@code POST Calls/{CallSid}}, already checked. Absent means unchanged.
 *
 * @param sid its own identity
 * @param muted three-valued: absent, true, false
 * @param statusCallback the URL told from now on; the events subscribed to stay
 * @param moveConnectedLeg both legs run the new document
 * @param told gets every status of it, the last one final; called on the call's thread, must not wait
 */
public record Modification(
        Sid sid,
        Optional<NewDocument> document,
        Optional<Ending> ending,
        Optional<Boolean> muted,
        Optional<Callback> statusCallback,
        boolean moveConnectedLeg,
        Consumer<ModificationStatus> told) {
    /** A status callback without events. */
    public record Callback(String url, HttpMethod method) {}
}
