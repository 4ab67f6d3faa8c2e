package teleapi.call;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import teleapi.rcml.HttpMethod;

/**
 * One request to change a live call: {@code POST Calls/{CallSid}}, already checked. Absent means unchanged.
 *
 * @param sid its own identity
 * @param redirect a new document, in place of what runs or over it
 * @param controls what stays as it is while documents come and go: mute, deaf, hold, and what is done at once: sounds, digits
 * @param statusCallback the URL told from now on; the events subscribed to stay
 * @param expectedRevision nothing happens unless the call's record has this revision when the call takes the modification
 * @param dryRun nothing happens; its last status is PLANNED, with the plan
 * @param told gets every status of it, the last one final (HEARD may follow); called on the call's thread, must not wait
 */
public record Modification(
        Sid sid,
        Optional<Redirect> redirect,
        Optional<Ending> ending,
        Controls controls,
        Optional<Callback> statusCallback,
        OptionalLong expectedRevision,
        boolean dryRun,
        Consumer<ModificationStatus> told) {
    /** A status callback without events. */
    public record Callback(String url, HttpMethod method) {}
}
